import type { FieldError } from "#core/schema-errors.ts";

/** The entries of a list in a file, by what they are about: a second entry would undo what the first one declares. */
export class NamedEntries {
  readonly #paths = new Map<string, string>();

  /** Records the entry at `path`. Returns the error, with both positions, if an entry before it has this identity. */
  add(identity: string, path: string, name: string): FieldError | null {
    const first = this.#paths.get(identity);
    if (first !== undefined) return { path, message: `“${name}” is in the file twice, first at ${first}.` };
    this.#paths.set(identity, path);
    return null;
  }
}
