/** Longer sides are reduced before a photo is sent, in pixels: more tell nothing about digits, and telephones are slow to send. */
const longest = 2000;

/**
 * Calls `onPicture(file)` for each picture that is chosen, taken, dropped or pasted.
 * @param inputs file inputs
 * @param stage what shows that a picture may be dropped
 */
export function acceptPictures({ inputs, stage, onPicture, onNone }) {
  const take = files => {
    const picture = [...files].find(file => file.type.startsWith("image/") || /\.(heic|tiff?|p[bgp]m|pnm)$/i.test(file.name));
    if (picture) onPicture(picture);
    else if (files.length) onNone();
  };
  for (const input of inputs) {
    input.addEventListener("change", () => {
      take(input.files);
      // The same file may be chosen again.
      input.value = "";
    });
  }
  window.addEventListener("paste", event => take(event.clipboardData?.files ?? []));
  window.addEventListener("dragover", event => {
    event.preventDefault();
    stage.classList.add("target");
  });
  window.addEventListener("dragleave", event => { if (!event.relatedTarget) stage.classList.remove("target"); });
  window.addEventListener("drop", event => {
    event.preventDefault();
    stage.classList.remove("target");
    take(event.dataTransfer?.files ?? []);
  });
}

/**
 * A picture as it is sent, and as the page shows it.
 * What the browser cannot open, such as HEIC, is sent as it is and shown by its boxes alone.
 * @returns `{ blob, isShown }`
 */
export async function prepared(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { blob: file, isShown: false };
  }
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  // What is transparent is paper.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const isSmall = canvas.width * canvas.height < 500_000;
  const blob = await new Promise(resolve => canvas.toBlob(resolve, isSmall ? "image/png" : "image/jpeg", 0.92));
  return { blob, isShown: true };
}
