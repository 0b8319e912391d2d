import { AnswerView } from "./answer-view.js";
import { Corrections } from "./corrections.js";
import { Drawing, paper } from "./drawing.js";
import { png } from "./ink.js";
import { KeyboardPen } from "./keyboard-pen.js";
import * as link from "./link.js";
import { Pen } from "./pen.js";
import { acceptPictures, prepared } from "./picture.js";
import { Player } from "./player.js";
import { Reader, read, readDrawing } from "./reader.js";
import { Reading, pngAddress } from "./reading.js";
import { Seen } from "./seen.js";
import { Stage } from "./stage.js";
import { Teaching } from "./teaching.js";
import { Tools } from "./tools.js";
import { spoken, words } from "./words.js";

const page = Object.fromEntries([...document.querySelectorAll("[id]")].map(element => [element.id, element]));
const drawing = new Drawing();
const player = new Player(drawing);
const stage = new Stage(page, drawing);
const reading = new Reading();
const seen = new Seen(page.seen);
const corrections = new Corrections();
const view = new AnswerView(page, { onChoose: choose, onTeach: label => teaching.teach(label) });
const tools = new Tools(page, { drawing, player, stage, say: tell });
const teaching = new Teaching(page, corrections, { reading, picture, say: tell });
const reader = new Reader({ onAnswer: show, onProblem: problem => say(problem.message) });

/** Tells those who cannot see the page. */
function announce(sentence) { page.status.textContent = sentence; }
/** Says something about what was read. */
function say(sentence) { page.words.textContent = sentence; announce(sentence); }
const hint = page.teach.textContent;
/** Says something about what was done, until something else is read. */
function tell(sentence) { page.teach.textContent = sentence; announce(sentence); }

// Drawing

const pen = { width: () => Number(page.width.value), ring: page.ring, canDraw: () => !stage.photo };
new Pen(page.paper, drawing, { ...pen, onTap: chooseAt });
new KeyboardPen(page.paper, drawing, { ...pen, say: announce });
page.paper.addEventListener("pointerdown", () => player.stop(), { capture: true });
page.paper.addEventListener("keydown", () => player.stop(), { capture: true });

drawing.addEventListener("change", ({ detail: { isFinal } }) => {
  stage.paint();
  tools.update();
  if (isFinal) history.replaceState(null, "", link.fragment(drawing.strokes) || location.pathname + location.search);
  if (drawing.isEmpty) showNothing();
  else ask({ isFinal });
});

// Reading

/** What is to be read, as a picture. */
async function picture() { return stage.photo ?? await png(drawing.all); }

/** Each finished stroke is asked with what the network saw; while somebody draws, the digits are enough. */
function ask({ isFinal, isRepeated = false }) {
  const options = {};
  if (isFinal) options.steps = "true";
  if (isFinal && isLooking()) options.explain = "true";
  reader.ask({ picture, read: isFinal && !stage.photo ? readDrawing : read, options, isFinal, isRepeated });
}

function show(answer, question) {
  reading.become(answer, question);
  page.words.textContent = answer.lines.length || question.isFinal ? words(answer) : "Reading …";
  if (!question.isRepeated) page.teach.textContent = hint;
  if (!question.isFinal) return;
  announce(spoken(answer));
  page.saliency.hidden = !isLooking() || !answer.explanation;
  if (answer.explanation) page.saliency.querySelector("img").src = pngAddress(answer.explanation);
  if (!reading.pictures.length) seen.clear();
}

function showNothing() {
  reader.forget();
  reading.forget();
  seen.clear();
  page.saliency.hidden = true;
  page.teach.textContent = hint;
  say("Nothing is drawn yet.");
}

reading.addEventListener("change", () => {
  const { answer, lines, chosen, labels } = reading;
  view.show(lines, chosen, labels, { canTeach: answer !== null && answer.refused !== "blank" });
  const { width: columns, height: rows } = answer ?? {};
  view.showBoxes(lines, chosen, labels, { ...stage.frame(columns, rows), columns, rows });
  page.look.disabled = !lines.length;
  // While somebody draws, the answer does not tell, and what was seen last stays.
  if (reading.pictures[chosen]) seen.show(reading.pictures[chosen]);
});

function choose(index) {
  reading.choose(index);
  page.digits.querySelectorAll("button")[index]?.focus({ preventScroll: true });
}

/** Chooses the digit where somebody taps; false where there is none. */
function chooseAt({ x, y }) {
  const { left, top, width, height } = stage.frame(reading.answer?.width, reading.answer?.height);
  return reading.chooseAt((x / paper.width - left) / width, (y / paper.height - top) / height);
}

// Where it looked

function isLooking() { return page.look.getAttribute("aria-pressed") === "true"; }

page.look.addEventListener("click", () => {
  page.look.setAttribute("aria-pressed", String(!isLooking()));
  page.saliency.hidden = true;
  if (isLooking()) ask({ isFinal: true, isRepeated: true });
});

// Photos

acceptPictures({
  inputs: [page.choose, page.camera], stage: page.stage, onPicture: open,
  onNone: () => say("That is no picture. PNG, JPEG, WebP, TIFF, BMP, GIF, PNM and HEIC can be read."),
});

async function open(file) {
  tools.clear();
  say("Reading the picture …");
  const { blob, isShown } = await prepared(file);
  await stage.show(blob, isShown);
  tools.update();
  ask({ isFinal: true });
}

stage.addEventListener("empty", () => { showNothing(); tools.update(); });

// Keys

window.addEventListener("keydown", event => {
  if (event.target.matches("input:not([type=range])")) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isPlain && /^[0-9]$/.test(event.key) && reading.answer && !event.repeat) teaching.teach(Number(event.key));
  else if (!tools.press(event)) return;
  event.preventDefault();
});

// The start

function followLink() {
  const strokes = link.strokes(location.hash);
  if (strokes) drawing.replace(strokes);
}

window.addEventListener("hashchange", followLink);
window.addEventListener("resize", () => stage.paint());
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { stage.paint(); tools.paintExamples(); });
tools.update();
followLink();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("service-worker.js");
await corrections.ask();
teaching.showKept();
if (corrections.collects) page.privacy.textContent = "The server reads what you draw and forgets it, but keeps the digits that you correct.";
