import { paper } from "./drawing.js";

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Draws with the arrow keys while the paper has the focus; two of them together go aslant. */
export class KeyboardPen {
  #drawing; #width; #ring; #canDraw; #say;
  #place = { x: paper.width / 2, y: paper.height / 4 };
  #held = new Set();

  /**
   * @param canDraw whether there is paper
   * @param say tells somebody who cannot see it
   */
  constructor(canvas, drawing, { width, ring, canDraw, say }) {
    this.#drawing = drawing;
    this.#width = width;
    this.#ring = ring;
    this.#canDraw = canDraw;
    this.#say = say;
    canvas.addEventListener("keydown", event => this.#press(event));
    canvas.addEventListener("keyup", event => this.#held.delete(event.key));
    canvas.addEventListener("blur", () => this.#leave());
  }

  #press(event) {
    if (!this.#canDraw() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") {
      event.preventDefault();
      if (!event.repeat) this.#toggle();
    } else if (directions[event.key]) {
      event.preventDefault();
      this.#held.add(event.key);
      this.#move(event.shiftKey ? 32 : 8);
    }
  }

  #toggle() {
    if (this.#drawing.live) {
      this.#drawing.finish();
      this.#say("Pen up");
    } else {
      this.#drawing.begin(this.#width());
      this.#drawing.extend(this.#place.x, this.#place.y, 8);
      this.#say("Pen down");
    }
    this.#show();
  }

  #move(distance) {
    for (const key of this.#held) {
      const [x, y] = directions[key];
      this.#place.x = Math.min(Math.max(this.#place.x + x * distance, 0), paper.width);
      this.#place.y = Math.min(Math.max(this.#place.y + y * distance, 0), paper.height);
    }
    if (this.#drawing.live) this.#drawing.extend(this.#place.x, this.#place.y, 8);
    this.#show();
  }

  #show() {
    this.#ring.hidden = false;
    this.#ring.style.left = `${this.#place.x / paper.width * 100}%`;
    this.#ring.style.top = `${this.#place.y / paper.height * 100}%`;
  }

  #leave() {
    this.#held.clear();
    this.#ring.hidden = true;
    this.#drawing.finish();
  }
}
