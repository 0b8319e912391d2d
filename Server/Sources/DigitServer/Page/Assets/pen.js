import { paper } from "./drawing.js";

/** A tap is shorter than this, in milliseconds, and stays within so many units. */
const tap = { time: 250, reach: 8 };

/** Turns what pen, finger and mouse do on the paper into strokes. */
export class Pen {
  #canvas; #drawing; #width; #ring; #canDraw; #onTap;
  #pointer = null;
  #raw = [];
  #start = null;
  /** Fingers on the paper; with two of them nobody means to draw. */
  #touches = new Set();
  #isBlocked = false;

  /**
   * @param width gives the pen's width now
   * @param canDraw whether there is paper; on a photo all is a tap
   * @param onTap is told where a tap was and says whether it was meant for something else than a dot
   */
  constructor(canvas, drawing, { width, ring, canDraw, onTap }) {
    this.#canvas = canvas;
    this.#drawing = drawing;
    this.#width = width;
    this.#ring = ring;
    this.#canDraw = canDraw;
    this.#onTap = onTap;
    canvas.addEventListener("pointerdown", event => this.#down(event));
    canvas.addEventListener("pointermove", event => this.#move(event));
    canvas.addEventListener("pointerup", event => this.#up(event));
    canvas.addEventListener("pointercancel", event => this.#cancel(event));
    canvas.addEventListener("contextmenu", event => event.preventDefault());
  }

  #down(event) {
    if (event.button !== 0) return;
    if (!this.#canDraw()) return this.#onTap(this.#place(event));
    if (event.pointerType === "touch") {
      this.#touches.add(event.pointerId);
      if (this.#touches.size > 1) return this.#block();
    }
    // A hand that rests on the paper while a pen writes is no stroke.
    if (this.#pointer !== null || this.#isBlocked) return;
    event.preventDefault();
    this.#canvas.focus({ preventScroll: true });
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    this.#start = { time: event.timeStamp, ...this.#place(event) };
    this.#raw = [];
    this.#drawing.begin(this.#width());
    this.#add(event);
    this.#showRing(event);
  }

  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const part of events.length ? events : [event]) this.#add(part);
    this.#showRing(event);
  }

  #up(event) {
    this.#touches.delete(event.pointerId);
    if (!this.#touches.size) this.#isBlocked = false;
    if (event.pointerId !== this.#pointer) return;
    this.#release();
    const end = this.#place(event);
    const isTap = event.timeStamp - this.#start.time < tap.time
      && Math.hypot(end.x - this.#start.x, end.y - this.#start.y) < tap.reach;
    if (isTap && this.#onTap(end)) return this.#drawing.cancel();
    const last = this.#raw.at(-1);
    this.#drawing.extend(last.x, last.y, last.pressure);
    this.#drawing.finish();
  }

  #cancel(event) {
    this.#touches.delete(event.pointerId);
    if (!this.#touches.size) this.#isBlocked = false;
    if (event.pointerId !== this.#pointer) return;
    this.#release();
    this.#drawing.cancel();
  }

  /** A second finger: the stroke that the first one began was none. */
  #block() {
    this.#isBlocked = true;
    if (this.#pointer === null || !this.#touches.has(this.#pointer)) return;
    this.#release();
    this.#drawing.cancel();
  }

  #release() {
    this.#pointer = null;
    this.#ring.hidden = true;
  }

  #place(event) {
    const frame = this.#canvas.getBoundingClientRect();
    return {
      x: (event.clientX - frame.left) / frame.width * paper.width,
      y: (event.clientY - frame.top) / frame.height * paper.height,
    };
  }

  /** Adds a point, and between far ones the curve whose tangents they are, so that quick strokes are round. */
  #add(event) {
    const point = { ...this.#place(event), pressure: event.pointerType === "pen" ? event.pressure * 15 : 8 };
    const [before, last] = this.#raw.slice(-2);
    this.#raw.push(point);
    if (!before || !last) return this.#drawing.extend(point.x, point.y, point.pressure);
    const start = middle(before, last), end = middle(last, point);
    const count = Math.max(1, Math.round(Math.hypot(end.x - start.x, end.y - start.y) / 6));
    for (let step = 1; step <= count; step++) {
      const t = step / count, s = 1 - t;
      this.#drawing.extend(
        s * s * start.x + 2 * s * t * last.x + t * t * end.x,
        s * s * start.y + 2 * s * t * last.y + t * t * end.y, last.pressure);
    }
  }

  /** A finger hides the pen's point: the ring around it does not. */
  #showRing(event) {
    this.#ring.hidden = event.pointerType !== "touch";
    const { x, y } = this.#place(event);
    this.#ring.style.left = `${x / paper.width * 100}%`;
    this.#ring.style.top = `${y / paper.height * 100}%`;
  }
}

function middle(a, b) { return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }; }
