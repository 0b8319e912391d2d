import { paper } from "./drawing.js";
import { redraw } from "./ink.js";

/** The paper with what lies on it: the drawing, or a photo in its place. */
export class Stage extends EventTarget {
  /** The photo as it was sent, or null while there is a drawing. */
  photo = null;
  #page; #drawing;
  /** Width over height. */
  #shape = paper.width / paper.height;
  #isPainting = false;

  constructor(page, drawing) {
    super();
    this.#page = page;
    this.#drawing = drawing;
  }

  /** Paints the drawing before the screen shows its next picture. */
  paint() {
    if (this.#isPainting) return;
    this.#isPainting = true;
    requestAnimationFrame(() => {
      this.#isPainting = false;
      redraw(this.#drawing.all, this.#page.paper, getComputedStyle(this.#page.paper).color);
    });
    this.#page.invitation.hidden = !this.#drawing.isEmpty || this.photo !== null;
  }

  /** @param isShown whether the browser can open the picture */
  async show(photo, isShown) {
    this.#drop();
    this.photo = photo;
    this.#page.photo.hidden = !isShown;
    this.#page.stage.classList.add("photo");
    this.paint();
    if (!isShown) return;
    this.#page.photo.src = URL.createObjectURL(photo);
    await this.#page.photo.decode();
    // A tall photo gets a tall stage, up to a point.
    this.#become(Math.max(this.#page.photo.naturalWidth / this.#page.photo.naturalHeight, 3 / 4));
  }

  removePhoto() {
    if (!this.photo) return;
    this.#drop();
    this.paint();
    this.dispatchEvent(new Event("empty"));
  }

  /** Where a picture of this size lies on the stage, in shares of it: a drawing fills it, a photo keeps its shape. */
  frame(columns, rows) {
    if (!this.photo) return { left: 0, top: 0, width: 1, height: 1 };
    const ratio = columns / rows / this.#shape;
    const width = Math.min(1, ratio), height = Math.min(1, 1 / ratio);
    return { left: (1 - width) / 2, top: (1 - height) / 2, width, height };
  }

  #become(shape) {
    this.#shape = Math.min(shape, paper.width / paper.height);
    this.#page.stage.style.aspectRatio = this.#shape;
  }

  #drop() {
    this.#become(paper.width / paper.height);
    if (this.#page.photo.src) URL.revokeObjectURL(this.#page.photo.src);
    this.photo = null;
    this.#page.photo.removeAttribute("src");
    this.#page.photo.hidden = true;
    this.#page.stage.classList.remove("photo");
  }
}
