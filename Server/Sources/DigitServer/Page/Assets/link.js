import { paper } from "./drawing.js";

// A drawing in a link: `#1.` and bytes in base64url. Of each stroke: the number of points, twice the pen's width plus one if it has
// pressures, and of each point the step from the one before (zigzag), with the pressure behind it. Numbers are LEB128.
const mark = "#1.";
const most = { strokes: 1000, points: 20_000 };

/** The fragment that reproduces strokes, or an empty text if there are none. */
export function fragment(strokes) {
  if (!strokes.length) return "";
  const bytes = [];
  for (const { width, points } of strokes) {
    const hasPressure = points.some(point => point.pressure !== 8);
    append(points.length, bytes);
    append(2 * width + (hasPressure ? 1 : 0), bytes);
    let last = { x: 0, y: 0 };
    for (const point of points) {
      append(zigzag(point.x - last.x), bytes);
      append(zigzag(point.y - last.y), bytes);
      if (hasPressure) append(point.pressure, bytes);
      last = point;
    }
  }
  const text = btoa(bytes.map(byte => String.fromCharCode(byte)).join(""));
  return mark + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The strokes of a fragment; null if it holds none that can be drawn. */
export function strokes(fragment) {
  if (!fragment.startsWith(mark)) return null;
  try {
    const text = atob(fragment.slice(mark.length).replaceAll("-", "+").replaceAll("_", "/"));
    const numbers = new Numbers(text);
    const strokes = [];
    let total = 0;
    while (!numbers.isAtEnd) {
      const count = numbers.next(), head = numbers.next();
      total += count;
      const width = head >> 1;
      if (!count || total > most.points || strokes.length >= most.strokes || width < 1 || width > 100) return null;
      strokes.push({ width, points: numbers.points(count, head & 1) });
    }
    return strokes.length ? strokes : null;
  } catch {
    return null;
  }
}

class Numbers {
  #text; #index = 0;
  constructor(text) { this.#text = text; }
  get isAtEnd() { return this.#index >= this.#text.length; }

  next() {
    let value = 0, shift = 0, byte;
    do {
      if (this.isAtEnd || shift > 21) throw new RangeError("cut short");
      byte = this.#text.charCodeAt(this.#index++);
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    return value;
  }

  points(count, hasPressure) {
    const points = [];
    let x = 0, y = 0;
    for (let index = 0; index < count; index++) {
      x += unzigzag(this.next());
      y += unzigzag(this.next());
      const pressure = hasPressure ? this.next() : 8;
      if (x < 0 || x > paper.width || y < 0 || y > paper.height || pressure > 15) throw new RangeError("off the paper");
      points.push({ x, y, pressure });
    }
    return points;
  }
}

function zigzag(value) { return value < 0 ? -2 * value - 1 : 2 * value; }
function unzigzag(value) { return value & 1 ? -((value + 1) >> 1) : value >> 1; }

function append(value, bytes) {
  for (; value > 127; value >>= 7) bytes.push((value & 127) | 128);
  bytes.push(value);
}
