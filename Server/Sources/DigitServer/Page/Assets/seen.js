import { wipe } from "./ink.js";

const side = 28;

/** Shows a digit as the network saw it, 28×28, with the centre of its ink. */
export class Seen {
  #canvas; #words;
  /** What is to be shown now; an older picture may be decoded later. */
  #picture = null;

  constructor(figure) {
    this.#canvas = figure.querySelector("canvas");
    this.#words = figure.querySelector("figcaption span");
    this.clear();
  }

  clear() {
    this.#picture = null;
    wipe(this.#canvas);
    this.#words.textContent = `Each digit in ${side} × ${side} pixels, its ink balanced in the middle.`;
  }

  /** @param picture a PNG as a data address */
  async show(picture) {
    this.#picture = picture;
    const image = new Image();
    image.src = picture;
    await image.decode();
    if (picture !== this.#picture) return;
    const context = this.#canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    const { width, height } = this.#canvas;
    context.drawImage(image, 0, 0, width, height);
    const center = centerOfMass(image);
    if (center) this.#mark(context, center);
    this.#words.textContent = center
      ? `${side} × ${side} pixels. The cross is the centre of its ink: ${center.x.toFixed(1)} from the left, ${center.y.toFixed(1)} from the top.`
      : `${side} × ${side} pixels.`;
  }

  #mark(context, { x, y }) {
    const { width, height } = this.#canvas;
    const left = x / side * width, top = y / side * height;
    context.strokeStyle = "#ff8a5c";
    context.lineWidth = 1.5;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(left, 0);
    context.lineTo(left, height);
    context.moveTo(0, top);
    context.lineTo(width, top);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.arc(left, top, 6, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** Where the ink of a light-on-dark picture balances, in its pixels; null without ink. */
function centerOfMass(image) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  let sum = 0, x = 0, y = 0;
  for (let index = 0; index < side * side; index++) {
    const ink = data[4 * index];
    sum += ink;
    x += ink * (index % side + 0.5);
    y += ink * (Math.floor(index / side) + 0.5);
  }
  return sum ? { x: x / sum, y: y / sum } : null;
}
