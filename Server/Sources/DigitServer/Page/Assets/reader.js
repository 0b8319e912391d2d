import { request } from "./access.js";

/** While somebody draws, questions begin at most this often, in milliseconds. */
const pause = 60;
/** After a failure the question is asked again, in milliseconds. */
const patience = 3000;

/** What kept the server from answering, as a sentence. */
export class ReadingProblem extends Error {
  /** @param retryAfter milliseconds until it is worth asking again, or null */
  constructor(message, { isOffline = false, retryAfter = null } = {}) {
    super(message);
    this.isOffline = isOffline;
    this.retryAfter = retryAfter;
  }
}

/** Sends a picture to the server. Options are query items of `/v1/read`. */
export async function read(picture, options = {}) {
  let response;
  try {
    const query = new URLSearchParams(options).toString();
    response = await request(`v1/read${query && "?"}${query}`, {
      method: "POST", body: picture, headers: { "Accept": "application/json" },
    });
  } catch {
    throw new ReadingProblem(
      "The server cannot be reached. You can go on drawing; reading goes on when it is back.",
      { isOffline: true, retryAfter: patience });
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  const isBusy = response.status === 429 || response.status === 503 || response.status === 504;
  const words = isBusy ? "The server is busy; it is asked again in a moment."
    : answer?.error ?? `The server answered with status ${response.status}; reload the page, or look at the server.`;
  const seconds = Number(response.headers.get("Retry-After"));
  throw new ReadingProblem(words, { retryAfter: isBusy ? Math.max(seconds * 1000 || 0, 500) : null });
}

/**
 * Sends a drawing to the server. What holds no number may be one digit all the same: a long stroke is a rule on a photo, but a one
 * where somebody drew it.
 */
export async function readDrawing(picture, options) {
  const answer = await read(picture, options);
  if (answer.refused !== "no-digits") return answer;
  const single = await read(picture, { ...options, single: "true" });
  return single.lines.length ? single : answer;
}

/**
 * Asks one question at a time; of those that wait, the newest is asked next.
 * A question is `{ picture: () => Promise<Blob>, read, options, isFinal }`, `read` being one of the functions above; the final one of a
 * stroke does not wait.
 */
export class Reader {
  #waiting = null;
  #isBusy = false;
  #earliest = 0;
  #timer = 0;
  #epoch = 0;
  #onAnswer; #onProblem;

  constructor({ onAnswer, onProblem }) {
    this.#onAnswer = onAnswer;
    this.#onProblem = onProblem;
    window.addEventListener("online", () => { this.#earliest = 0; this.#next(); });
  }

  ask(question) {
    this.#waiting = question;
    if (question.isFinal) this.#earliest = 0;
    this.#next();
  }

  /** Drops what waits, and the answer that is on its way: it is about something else. */
  forget() {
    this.#waiting = null;
    this.#epoch += 1;
  }

  #next() {
    clearTimeout(this.#timer);
    if (this.#isBusy || !this.#waiting) return;
    const wait = this.#earliest - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#next(), wait);
    else this.#send();
  }

  async #send() {
    const question = this.#waiting, epoch = this.#epoch;
    this.#waiting = null;
    this.#isBusy = true;
    this.#earliest = performance.now() + pause;
    try {
      const answer = await question.read(await question.picture(), question.options);
      if (epoch === this.#epoch) this.#onAnswer(answer, question);
    } catch (problem) {
      if (!(problem instanceof ReadingProblem)) throw problem;
      if (epoch === this.#epoch) {
        this.#onProblem(problem);
        if (problem.retryAfter !== null) {
          this.#waiting ??= question;
          this.#earliest = performance.now() + problem.retryAfter;
        }
      }
    } finally {
      this.#isBusy = false;
      this.#next();
    }
  }
}
