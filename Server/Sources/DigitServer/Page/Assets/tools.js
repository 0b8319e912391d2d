import { examples, strokes } from "./examples.js";
import { draw, wipe } from "./ink.js";

/** What the buttons and keys do that are not about reading. */
export class Tools {
  #page; #drawing; #player; #stage; #say;

  /** @param say shows and tells a sentence */
  constructor(page, { drawing, player, stage, say }) {
    this.#page = page;
    this.#drawing = drawing;
    this.#player = player;
    this.#stage = stage;
    this.#say = say;
    page.undo.addEventListener("click", () => this.#undo());
    page.redo.addEventListener("click", () => drawing.redo());
    page.clear.addEventListener("click", () => this.clear());
    page.link.addEventListener("click", () => this.#share());
    for (const example of examples) page.examples.append(this.#button(example));
    this.paintExamples();
  }

  clear() {
    this.#player.stop();
    this.#stage.removePhoto();
    this.#drawing.clear();
  }

  /** Shows which buttons have something to do. */
  update() {
    const { undo, redo, clear, link } = this.#page;
    undo.disabled = !this.#drawing.canUndo;
    redo.disabled = !this.#drawing.canRedo;
    clear.disabled = this.#drawing.isEmpty && !this.#stage.photo;
    link.disabled = this.#drawing.isEmpty;
  }

  /** Acts on a key that was pressed anywhere on the page; false if it means nothing here. */
  press(event) {
    const isCommand = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
    if (isCommand && key === "z") (event.shiftKey ? this.#page.redo : this.#page.undo).click();
    else if (isCommand && key === "y") this.#page.redo.click();
    else if (!isCommand && (key === "delete" || key === "backspace")) this.clear();
    else return false;
    return true;
  }

  paintExamples() {
    [...this.#page.examples.children].forEach((button, index) => {
      const canvas = button.firstChild;
      wipe(canvas);
      draw(strokes(examples[index]), canvas, getComputedStyle(button).color);
    });
  }

  #undo() {
    this.#player.stop();
    this.#stage.removePhoto();
    this.#drawing.undo();
  }

  async #share() {
    const url = location.href;
    try {
      if (window.matchMedia("(pointer: coarse)").matches && navigator.share) {
        await navigator.share({ title: document.title, url });
      } else {
        await navigator.clipboard.writeText(url);
        this.#say("The link is copied. Whoever opens it sees this drawing.");
      }
    } catch (error) {
      if (error.name !== "AbortError") this.#say("The link is in the address bar: copy it from there.");
    }
  }

  #button(example) {
    const button = Object.assign(document.createElement("button"), { type: "button", title: example.name });
    button.setAttribute("aria-label", `Example: ${example.name}`);
    button.append(Object.assign(document.createElement("canvas"), { width: 160, height: 120 }));
    button.addEventListener("click", () => {
      this.#stage.removePhoto();
      this.#player.play(strokes(example));
    });
    return button;
  }
}
