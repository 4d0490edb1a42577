import { cleanLines, truncate } from "#core/text.ts";

/** What the reference of one operation may contain, so that no document makes a page too large. */
const MAX_NODES = 400;
const MAX_CHARACTERS = 100_000;

/** Counts the fields and the characters that an operation shows. What exceeds it is left out. */
export class Budget {
  #nodes = MAX_NODES;
  #characters = MAX_CHARACTERS;

  /** Whether nothing more may be shown. */
  get isSpent(): boolean {
    return this.#nodes <= 0;
  }

  countNode(): void {
    this.#nodes -= 1;
  }

  /** The text, cleaned and cut at `max` characters; empty if it is none or if nothing is left. */
  text(value: unknown, max: number): string {
    if (typeof value !== "string" || value === "") return "";
    const text = truncate(cleanLines(value.slice(0, 2 * max)), Math.min(max, Math.max(0, this.#characters)));
    this.#characters -= text.length;
    return text;
  }
}
