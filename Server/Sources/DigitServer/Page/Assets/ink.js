import { paper } from "./drawing.js";

/** The picture that the server reads: large enough for ten digits in a row, small enough to be read between two strokes. */
const picture = { width: 480, height: 360 };
const pictureCanvas = document.createElement("canvas");

/** Draws strokes; the canvas shows the whole paper. */
export function draw(strokes, canvas, color) {
  const context = canvas.getContext("2d");
  const scale = canvas.width / paper.width;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.lineCap = context.lineJoin = "round";
  context.strokeStyle = context.fillStyle = color;
  for (const stroke of strokes) drawStroke(stroke, context);
}

/** Clears a canvas, gives it as many pixels as the screen has there, and draws. */
export function redraw(strokes, canvas, color) {
  const density = Math.min(window.devicePixelRatio || 1, 3);
  const width = Math.round(canvas.clientWidth * density), height = Math.round(canvas.clientHeight * density);
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  wipe(canvas);
  draw(strokes, canvas, color);
}

/** Makes a canvas as clear as a new one. */
export function wipe(canvas) {
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
}

/** The strokes as a PNG, dark on white whatever the page's colours are. */
export function png(strokes) {
  pictureCanvas.width = picture.width;
  pictureCanvas.height = picture.height;
  const context = pictureCanvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, picture.width, picture.height);
  draw(strokes, pictureCanvas, "#000");
  return new Promise(resolve => pictureCanvas.toBlob(resolve, "image/png"));
}

function drawStroke({ width, points }, context) {
  const [first] = points;
  if (points.length === 1) {
    context.beginPath();
    context.arc(first.x, first.y, thickness(width, first.pressure) / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  // Segments of one thickness are one path: its joins are smooth.
  let index = 1;
  while (index < points.length) {
    context.beginPath();
    context.moveTo(points[index - 1].x, points[index - 1].y);
    const pressure = points[index].pressure;
    context.lineWidth = thickness(width, pressure);
    for (; index < points.length && points[index].pressure === pressure; index++) {
      context.lineTo(points[index].x, points[index].y);
    }
    context.stroke();
  }
}

/** From half the pen's width without pressure to one and a half at the most. */
function thickness(width, pressure) { return width * (0.5 + pressure / 16); }
