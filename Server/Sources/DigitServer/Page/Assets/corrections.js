import { request } from "./access.js";
import { withArticle } from "./words.js";

const key = "corrections";
/** More are not kept in the browser. */
const most = 500;
const here = "Kept in this browser only.";

/** Digits whose right reading somebody told: sent to a server that collects them, else kept in this browser. */
export class Corrections {
  /** Whether the server collects. */
  collects = false;

  async ask() {
    try {
      const response = await request("v1/corrections", { headers: { "Accept": "application/json" } });
      this.collects = response.ok && (await response.json()).collects === true;
    } catch {
      this.collects = false;
    }
  }

  get kept() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? [];
    } catch {
      return [];
    }
  }

  /**
   * Keeps a digit.
   * @param picture a PNG as a data address, 28×28, as the network saw it
   * @returns what became of it, as a sentence
   */
  async keep(label, picture) {
    if (this.collects) {
      const problem = await this.#send(label, picture);
      if (!problem) return `Thank you: the server keeps it as ${withArticle(label)}.`;
      return `${problem} ${this.#keepHere({ label, picture })}`;
    }
    return this.#keepHere({ label, picture });
  }

  /** Sends what this browser kept. What the server does not take stays here, and so does what is kept meanwhile. */
  async sendKept() {
    for (const sample of this.kept) {
      // It may have been forgotten meanwhile.
      if (indexOf(sample, this.kept) < 0) continue;
      const problem = await this.#send(sample.label, sample.picture);
      if (problem) return `${problem} ${here}`;
      const kept = this.kept, index = indexOf(sample, kept);
      this.#store(kept.filter((_, place) => place !== index));
    }
    return "Thank you: the server has them now.";
  }

  forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // Where a browser keeps nothing, there is nothing to forget.
    }
  }

  async #send(label, picture) {
    try {
      const response = await request(`v1/corrections?label=${label}`, {
        method: "POST", body: bytes(picture), headers: { "Content-Type": "image/png" },
      });
      if (response.ok) return null;
      return (await response.json()).error ?? `The server answered with status ${response.status}.`;
    } catch {
      return "The server cannot be reached.";
    }
  }

  #keepHere(sample) {
    try {
      this.#store([...this.kept, sample].slice(-most));
      return here;
    } catch {
      return "This browser keeps nothing, so it is lost.";
    }
  }

  #store(samples) { localStorage.setItem(key, JSON.stringify(samples)); }
}

/** Where a sample is among others; -1 if it is not. */
function indexOf({ label, picture }, samples) {
  return samples.findIndex(sample => sample.label === label && sample.picture === picture);
}

/** The bytes of a data address. */
function bytes(address) {
  return Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), character => character.charCodeAt(0));
}
