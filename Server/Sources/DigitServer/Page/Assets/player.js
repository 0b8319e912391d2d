/** Draws strokes one after the other, as a pen would. */
export class Player {
  #drawing; #timer = 0;

  constructor(drawing) { this.#drawing = drawing; }

  /** Puts strokes on empty paper; at once for those who do not want things to move. */
  play(strokes) {
    this.stop();
    this.#drawing.clear();
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return this.#drawing.replace(strokes);
    const total = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
    // Long drawings are drawn faster: nobody waits longer than a second and a half.
    const atOnce = Math.max(1, Math.ceil(total / 90));
    const steps = this.#steps(strokes);
    const tick = () => {
      for (let count = 0; count < atOnce; count++) {
        if (steps.next().done) return;
      }
      this.#timer = setTimeout(tick, 16);
    };
    tick();
  }

  /** Stops where it is; what was drawn stays. */
  stop() {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#drawing.finish();
  }

  *#steps(strokes) {
    for (const { width, points } of strokes) {
      this.#drawing.begin(width);
      for (const { x, y, pressure } of points) yield this.#drawing.extend(x, y, pressure);
      this.#drawing.finish();
    }
    this.#timer = 0;
  }
}
