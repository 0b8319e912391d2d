/** A share as a percentage without decimals; only what is certain to three decimals is called certain. */
export function percent(share) {
  const rounded = Math.round(share * 100);
  return rounded === 100 && share < 0.9995 ? "99%" : `${rounded}%`;
}

/** An answer of the server in a sentence for somebody who sees the digits beside it. */
export function words({ lines, refused, reason }) {
  if (refused === "blank") return "There is nothing to read.";
  if (refused === "no-digits") return `Not a digit. ${reason ?? ""}`;
  if (refused) return reason ?? "It cannot be read.";
  const digits = lines.flatMap(line => line.digits);
  const doubtful = digits.filter(digit => digit.confidence < 0.9).length;
  const count = digits.length === 1 ? "One digit" : `${digits.length} digits`;
  const numbers = lines.length > 1 ? ` in ${lines.length} numbers` : "";
  const doubt = doubtful === 0 ? "" : doubtful === digits.length ? ", in doubt" : `, ${doubtful} of them in doubt`;
  return `${count}${numbers}${doubt}.`;
}

/** An answer of the server in a sentence for somebody who only hears it. */
export function spoken(answer) {
  if (!answer.lines.length) return words(answer);
  const text = answer.lines.map(line => line.text).join(", ");
  const digits = answer.lines.flatMap(line => line.digits);
  return digits.length === 1 ? `Read: ${text}, ${percent(digits[0].confidence)} sure.` : `Read: ${text}. ${words(answer)}`;
}

/** A digit with its article, such as "an 8". */
export function withArticle(digit) { return `${digit === 8 ? "an" : "a"} ${digit}`; }
