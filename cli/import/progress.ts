import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

const stateSchema = z.strictObject({ import: z.string(), done: z.int().min(0) });

/** How far the import of a file is, in a file beside it. Only its position and a hash of what is imported are in it. */
export class ImportProgress {
  readonly #path: string;
  readonly #identity: string;
  /** Rows that are imported. */
  done: number;

  /** `parts`: the file and everything that changes what its rows mean. With another, the import starts again. */
  constructor(file: string, parts: readonly string[]) {
    this.#path = `${file}.progress`;
    const hash = createHash("sha256");
    for (const part of parts) hash.update(`${part.length}:${part}`);
    this.#identity = hash.digest("hex");
    this.done = this.#read();
  }

  /** Returns whether that could be stored: not beside a pipe or in a folder that only others may write to. */
  advance(rows: number): boolean {
    this.done += rows;
    const draft = `${this.#path}.new`;
    try {
      writeFileSync(draft, JSON.stringify({ import: this.#identity, done: this.done }));
      renameSync(draft, this.#path);
      return true;
    } catch {
      return false;
    }
  }

  finish(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // Then it could not be written either, or the next run repeats the last rows, which changes nothing.
    }
  }

  #read(): number {
    if (!existsSync(this.#path)) return 0;
    try {
      const state = stateSchema.parse(JSON.parse(readFileSync(this.#path, "utf8")));
      return state.import === this.#identity ? state.done : 0;
    } catch {
      // Repeating rows changes nothing.
      return 0;
    }
  }
}
