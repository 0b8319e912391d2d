/** What the server read last, which of its digits is chosen, and what somebody said that they are. */
export class Reading extends EventTarget {
  answer = null;
  /** Index among all digits, or -1. */
  chosen = -1;
  /** What digits really are, by index. */
  labels = new Map();
  /** Each digit as the network saw it, as data addresses; those of the last answer that told. */
  pictures = [];

  get lines() { return this.answer?.lines ?? []; }
  get digits() { return this.lines.flatMap(line => line.digits); }

  /** @param question `isFinal` once the pen is lifted, `isRepeated` if the same was asked before */
  become(answer, { isFinal, isRepeated = false }) {
    const count = this.digits.length;
    this.answer = answer;
    const isSame = isFinal && this.digits.length === count && this.chosen >= 0;
    // While somebody writes on, the newest digit is the chosen one.
    if (!isSame) this.chosen = this.digits.length - 1;
    if (!isRepeated) this.labels = new Map();
    this.pictures = digitPictures(answer);
    this.#tell();
  }

  forget() {
    this.answer = null;
    this.chosen = -1;
    this.labels = new Map();
    this.pictures = [];
    this.#tell();
  }

  choose(index) {
    this.chosen = index;
    this.#tell();
  }

  /** Chooses the digit at a place, in shares of the picture; false where there is none. */
  chooseAt(x, y) {
    const { width, height } = this.answer ?? {};
    const index = this.digits.findIndex(({ box: [left, top, columns, rows] }) =>
      x * width >= left && x * width <= left + columns && y * height >= top && y * height <= top + rows);
    if (index >= 0) this.choose(index);
    return index >= 0;
  }

  correct(index, label) {
    this.labels.set(index, label);
    this.#tell();
  }

  #tell() { this.dispatchEvent(new Event("change")); }
}

/** A PNG that an answer holds, as an address. */
export function pngAddress(base64) { return `data:image/png;base64,${base64}`; }

/** Each digit as the network saw it, as addresses; none unless the steps were asked for. */
export function digitPictures(answer) {
  return (answer.steps?.find(step => step.name === "digits")?.pictures ?? []).map(pngAddress);
}
