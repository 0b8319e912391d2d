import { png } from "./ink.js";
import { ReadingProblem, read } from "./reader.js";
import { digitPictures } from "./reading.js";
import { withArticle } from "./words.js";

/** "Teach it": what somebody says that a digit is becomes a sample. */
export class Teaching {
  #page; #corrections; #reading; #picture; #say;

  /**
   * @param reading what was read, with the digit that is chosen
   * @param picture gives what was read as a picture
   * @param say shows and tells a sentence
   */
  constructor(page, corrections, { reading, picture, say }) {
    this.#page = page;
    this.#corrections = corrections;
    this.#reading = reading;
    this.#picture = picture;
    this.#say = say;
    page.forget.addEventListener("click", () => this.#forget());
    page.send.addEventListener("click", () => this.#send());
  }

  /** Keeps the chosen digit as a sample of a label, 0 to 9. */
  async teach(label) {
    const reading = this.#reading, answer = reading.answer, index = reading.chosen;
    if (reading.digits[index]?.digit === label && !reading.labels.has(index)) {
      return this.#say(`It is read as ${label} already.`);
    }
    const picture = reading.digits.length ? reading.pictures[index] : await this.#pictureOfRefused();
    if (!picture) return this.#say("There is no digit to teach yet: lift the pen, and wait until it is read.");
    const outcome = await this.#corrections.keep(label, picture);
    if (answer === reading.answer && reading.digits.length) reading.correct(index, label);
    this.#say(`It is ${withArticle(label)}. ${outcome}`);
    this.showKept();
  }

  /** What was refused may be a digit all the same: prepared as one, it is a sample, too. */
  async #pictureOfRefused() {
    if (!this.#reading.answer || this.#reading.answer.refused === "blank") return null;
    try {
      return digitPictures(await read(await this.#picture(), { single: "true", steps: "true" }))[0] ?? null;
    } catch (problem) {
      if (problem instanceof ReadingProblem) return null;
      throw problem;
    }
  }

  showKept() {
    const count = this.#corrections.kept.length;
    this.#page.kept.hidden = count === 0;
    this.#page.send.hidden = !this.#corrections.collects;
    this.#page.kept.querySelector("span").textContent = `${count} kept in this browser only.`;
  }

  #forget() {
    this.#corrections.forget();
    this.showKept();
    this.#say("Forgotten.");
  }

  async #send() {
    this.#page.send.disabled = true;
    this.#say(await this.#corrections.sendKept());
    this.#page.send.disabled = false;
    this.showKept();
  }
}
