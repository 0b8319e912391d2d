import { percent, withArticle } from "./words.js";

/** Shows what was read: the digits as buttons, boxes over the picture, a bar for each of the ten digits, which never change places. */
export class AnswerView {
  #digits; #boxes; #bars; #none;
  #onChoose; #onTeach;

  /** @param elements the page's elements by id */
  constructor(elements, { onChoose, onTeach }) {
    this.#digits = elements.digits;
    this.#boxes = elements.boxes;
    this.#none = elements.none;
    this.#onChoose = onChoose;
    this.#onTeach = onTeach;
    this.#bars = Array.from({ length: 10 }, (_, digit) => this.#bar(digit, elements.bars));
  }

  /**
   * @param lines of the server's answer
   * @param chosen index of the chosen digit among all, or -1
   * @param labels what digits really are, as somebody told, by index
   * @param canTeach whether the right digit can be told; what was refused may be a digit all the same
   */
  show(lines, chosen, labels, { canTeach }) {
    let index = 0;
    this.#digits.replaceChildren(...lines.map(line => {
      const row = document.createElement("span");
      row.className = "line";
      row.append(...line.digits.map(digit => this.#button(digit, index, chosen, labels.get(index++))));
      return row;
    }));
    const all = lines.flatMap(line => line.digits);
    this.#digits.classList.toggle("many", all.length > 5);
    this.#showBars(all[chosen], canTeach);
  }

  /** @param frame where the picture lies on the stage, in shares of it: `{ left, top, width, height }`, and the picture's pixels */
  showBoxes(lines, chosen, labels, { left, top, width, height, columns, rows }) {
    this.#boxes.classList.toggle("many", lines.flatMap(line => line.digits).length > 12);
    this.#boxes.replaceChildren(...lines.flatMap(line => line.digits).map((digit, index) => {
      const [x, y, w, h] = digit.box;
      const box = document.createElement("div");
      box.className = index === chosen ? "box chosen" : "box";
      box.classList.toggle("high", top + y / rows * height < 0.08);
      box.style.left = `${100 * (left + x / columns * width)}%`;
      box.style.top = `${100 * (top + y / rows * height)}%`;
      box.style.width = `${100 * w / columns * width}%`;
      box.style.height = `${100 * h / rows * height}%`;
      box.append(Object.assign(document.createElement("b"), { textContent: labels.get(index) ?? digit.digit }));
      return box;
    }));
  }

  #button({ digit, confidence }, index, chosen, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = confidence < 0.9 && label === undefined ? "digit doubtful" : "digit";
    button.setAttribute("aria-pressed", String(index === chosen));
    button.setAttribute("aria-label", label === undefined ? `${digit}, ${percent(confidence)} sure` : `${label}, as you said`);
    button.append(Object.assign(document.createElement("b"), { textContent: label ?? digit }));
    button.append(Object.assign(document.createElement("small"), { textContent: label === undefined ? percent(confidence) : "taught" }));
    button.addEventListener("click", () => this.#onChoose(index));
    return button;
  }

  #bar(digit, list) {
    const row = document.createElement("li");
    const share = document.createElement("span");
    const track = document.createElement("i");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = digit;
    button.disabled = true;
    button.addEventListener("click", () => this.#onTeach(digit));
    row.append(share, track, button);
    list.append(row);
    const bar = { row, share, button };
    this.#fill(bar, digit, 0);
    return bar;
  }

  #showBars(digit, canTeach) {
    this.#bars.forEach((bar, value) => {
      this.#fill(bar, value, digit?.probabilities[value] ?? 0);
      bar.button.disabled = !canTeach;
      bar.row.classList.toggle("likeliest", digit?.digit === value);
    });
    const none = digit ? 1 - digit.probabilities.reduce((sum, share) => sum + share, 0) : 0;
    this.#none.textContent = none >= 0.005 ? `No digit at all: ${percent(none)}` : "";
  }

  #fill({ row, share, button }, digit, probability) {
    row.style.setProperty("--share", probability.toFixed(4));
    share.textContent = probability >= 0.005 ? percent(probability) : "";
    button.setAttribute("aria-label", `${digit}: ${percent(probability)}. Say that it is ${withArticle(digit)}.`);
  }

}
