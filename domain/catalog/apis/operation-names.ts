import { cleanLine, truncate } from "#core/text.ts";
import { operationNameSchema } from "./schema.ts";

const MAX_NAME_LENGTH = 200;
/** Of an id that is kept for display. */
const MAX_ID_LENGTH = 500;

/** What a document says of an operation's identity. */
export interface Unnamed {
  /** As the document has it: a text, a number, or something that is no id. */
  operationId: unknown;
  method: string;
  path: string;
}

export interface Named {
  name: string;
  /** The document's own where it could not be the name. */
  operationId: string | null;
}

/**
 * A unique name for each operation that restrictions and checks can use: the `operationId` where it is one, the same
 * without spaces, stars and invisible characters where it is not, else method and path. An id that can be a name
 * goes to the first operation that has it.
 */
export function nameOperations(operations: readonly Unnamed[]): Named[] {
  const ids = operations.map(({ operationId }) => idOf(operationId));
  const taken = new Set<string>();
  const names: (string | null)[] = ids.map((id) => {
    if (id === null || taken.has(id) || !operationNameSchema.safeParse(id).success || asName(id) !== id)
      return null;
    taken.add(id);
    return id;
  });
  const counts = new Map<string, number>();
  return operations.map(({ method, path }, index) => {
    const id = ids[index] ?? null;
    let name = names[index] ?? null;
    if (name === null) {
      const own = id === null ? "" : asName(id);
      const byPlace = asName(`${method.toLowerCase()}:${path}`);
      name = own !== "" && !taken.has(own) ? own : unique(byPlace, taken, counts);
      taken.add(name);
    }
    const shown = id === null ? null : truncate(cleanLine(id), MAX_ID_LENGTH);
    return { name, operationId: shown === name ? null : shown };
  });
}

function idOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && cleanLine(value) !== "" ? value : null;
}

function asName(text: string): string {
  return cleanLine(text.slice(0, 4 * MAX_NAME_LENGTH))
    .replace(/[\s*]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_NAME_LENGTH)
    .toWellFormed();
}

function unique(name: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  if (!taken.has(name)) return name;
  for (let count = counts.get(name) ?? 2; ; count++) {
    const numbered = `${name.slice(0, MAX_NAME_LENGTH - 6).toWellFormed()}-${count}`;
    if (taken.has(numbered)) continue;
    counts.set(name, count + 1);
    return numbered;
  }
}
