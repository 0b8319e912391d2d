/** The paper's size in its own units, the same on every screen, so that a drawing looks and reads the same everywhere. */
export const paper = { width: 800, height: 600 };

/**
 * Strokes on the paper, with all that can be undone.
 * A stroke is `{ width, points: [{ x, y, pressure }] }`: units of the paper, whole numbers, pressure 0 to 15 (8 where a pointer has none).
 * Strokes never change once they are added.
 */
export class Drawing extends EventTarget {
  /** The finished strokes. */
  strokes = [];
  /** The stroke that is being drawn, or null. */
  live = null;
  #past = [];
  #future = [];

  get all() { return this.live ? [...this.strokes, this.live] : this.strokes; }
  get isEmpty() { return this.strokes.length === 0 && !this.live; }
  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }

  begin(width) { this.live = { width, points: [] }; }

  /** Lengthens the stroke that is being drawn. A point where the last one is already is left out. */
  extend(x, y, pressure) {
    const point = {
      x: Math.round(clamp(x, 0, paper.width)), y: Math.round(clamp(y, 0, paper.height)),
      pressure: Math.round(clamp(pressure, 0, 15)),
    };
    const last = this.live.points.at(-1);
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < 2) return;
    this.live.points.push(point);
    this.#tell(false);
  }

  finish() {
    const stroke = this.live;
    this.live = null;
    if (stroke?.points.length) this.#become([...this.strokes, { ...stroke, points: simplified(stroke.points) }]);
  }

  /** Takes back the stroke that is being drawn, as if the pen had never touched the paper. */
  cancel() {
    if (!this.live) return;
    this.live = null;
    this.#tell(true);
  }

  clear() { if (this.strokes.length) this.#become([]); }
  replace(strokes) { this.live = null; this.#become(strokes); }
  undo() { this.#step(this.#past, this.#future); }
  redo() { this.#step(this.#future, this.#past); }

  #become(strokes) {
    this.#past.push(this.strokes);
    this.#future = [];
    this.strokes = strokes;
    this.#tell(true);
  }

  #step(from, to) {
    if (this.live || !from.length) return;
    to.push(this.strokes);
    this.strokes = from.pop();
    this.#tell(true);
  }

  #tell(isFinal) { this.dispatchEvent(new CustomEvent("change", { detail: { isFinal } })); }
}

function clamp(value, least, most) { return Math.min(Math.max(value, least), most); }

/** Leaves out points that lie on the line between their neighbours, within half a unit (Ramer, Douglas and Peucker). */
export function simplified(points, tolerance = 0.5) {
  if (points.length < 3) return points;
  const kept = new Set([0, points.length - 1]);
  const spans = [[0, points.length - 1]];
  while (spans.length) {
    const [first, last] = spans.pop();
    let worst = 0, farthest = -1;
    for (let index = first + 1; index < last; index++) {
      const distance = Math.max(
        distanceToSegment(points[index], points[first], points[last]),
        Math.abs(points[index].pressure - points[first].pressure) / 4);
      if (distance > worst) { worst = distance; farthest = index; }
    }
    if (worst > tolerance) {
      kept.add(farthest);
      spans.push([first, farthest], [farthest, last]);
    }
  }
  return points.filter((_, index) => kept.has(index));
}

function distanceToSegment(point, start, end) {
  const dx = end.x - start.x, dy = end.y - start.y;
  const length = dx * dx + dy * dy;
  const share = length ? clamp(((point.x - start.x) * dx + (point.y - start.y) * dy) / length, 0, 1) : 0;
  return Math.hypot(point.x - start.x - share * dx, point.y - start.y - share * dy);
}
