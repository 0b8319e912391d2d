import { paper } from "./drawing.js";

// Signs as a pen writes them, 100 high: points of a smooth line, with `|` at corners. Drawn for this page; nobody's handwriting.
const signs = {
  0: ["50,2 26,6 8,32 6,66 24,95 48,98 70,72 74,36 62,8 46,3"],
  1: ["18,24 30,12 42,0| 42,50 42,100"],
  2: ["8,24 24,5 48,0 68,18 60,46 34,74 6,97| 40,96 84,94"],
  3: ["10,12 34,0 62,10 60,32 32,46| 64,56 74,78 46,99 6,88"],
  4: ["16,6 12,30 8,56| 40,56 82,50", "62,2 58,48 54,100"],
  5: ["26,6 22,24 18,42| 44,36 70,54 66,84 40,99 4,90", "26,6 52,4 80,2"],
  6: ["62,2 34,20 12,50 10,80 34,99 62,86 66,66 44,56 18,72"],
  7: ["4,8 38,6 74,4| 54,44 40,100"],
  8: ["62,12 40,0 18,12 24,34 48,52 66,76 44,99 16,86 20,66 44,46 62,24 58,8"],
  9: ["64,14 42,2 16,16 14,38 36,46 58,30 66,8| 64,50 58,100"],
  star: ["50,0| 80,95| 2,36| 98,36| 20,95| 50,0"],
};

/** What can be clicked: a name for people, and rows of signs with the height, the slant and the pen that they are written with. */
export const examples = [
  { name: "A five", rows: [["5"]], height: 400, width: 34 },
  { name: "Forty-two", rows: [["4", "2"]], height: 320, width: 30 },
  { name: "A year", rows: [["2", "0", "2", "6"]], height: 176, width: 22, slant: 0.18 },
  { name: "All ten digits", rows: [["0", "1", "2", "3", "4"], ["5", "6", "7", "8", "9"]], height: 130, width: 16 },
  { name: "A three in a corner", rows: [["3"]], height: 170, width: 22, at: [60, 380], slant: -0.15 },
  { name: "A star, which is no digit", rows: [["star"]], height: 360, width: 26 },
];

/** The strokes of an example, in the paper's units. */
export function strokes({ rows, height, width, slant = 0, at = null }) {
  const scale = height / 100, gap = 0.3 * height, leading = 1.5 * height;
  const top = at ? at[1] : (paper.height - (rows.length - 1) * leading - height) / 2;
  return rows.flatMap((row, index) => {
    const placed = row.map(sign => signs[sign].map(spline));
    const widths = placed.map(lines => Math.max(...lines.flat().map(point => point[0])) * scale);
    const total = widths.reduce((sum, width) => sum + width + gap, -gap);
    let left = at ? at[0] : (paper.width - total) / 2;
    return placed.flatMap((lines, number) => {
      const result = lines.map(line => ({
        width,
        points: line.map(([x, y]) => ({
          x: Math.round(left + (x + slant * (50 - y)) * scale), y: Math.round(top + index * leading + y * scale), pressure: 8,
        })),
      }));
      left += widths[number] + gap;
      return result;
    });
  });
}

/** Points of a line through the given ones, smooth but for the corners (Catmull and Rom). */
function spline(text) {
  return text.split("|").reduce((line, part) => {
    const controls = part.trim().split(" ").map(pair => pair.split(",").map(Number));
    if (line.length) controls.unshift(line.at(-1));
    const points = line.length ? line : [controls[0]];
    for (let index = 0; index + 1 < controls.length; index++) points.push(...span(controls, index));
    return points;
  }, []);
}

function span(controls, index, pieces = 10) {
  const start = controls[index], end = controls[index + 1];
  const before = controls[index - 1] ?? start, after = controls[index + 2] ?? end;
  return Array.from({ length: pieces }, (_, piece) => {
    const t = (piece + 1) / pieces;
    return [0, 1].map(axis => {
      const from = (end[axis] - before[axis]) / 2, to = (after[axis] - start[axis]) / 2;
      return (2 * t ** 3 - 3 * t ** 2 + 1) * start[axis] + (t ** 3 - 2 * t ** 2 + t) * from
        + (3 * t ** 2 - 2 * t ** 3) * end[axis] + (t ** 3 - t ** 2) * to;
    });
  });
}
