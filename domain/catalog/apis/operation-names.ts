import { cleanLine, truncate } from "#core/text.ts";
import { operationNameSchema } from "./schema.ts";

const MAX_NAME_LENGTH = 200;
/** Characters of an id kept for display. */
const MAX_ID_LENGTH = 500;

/** What a document says about an operation's identity. */
export interface Unnamed {
  /** As in the document: a string, a number, or something else. */
  operationId: unknown;
  method: string;
  path: string;
}

export interface Named {
  name: string;
  /** The document's id, if it could not be used as the name. */
  operationId: string | null;
}

/**
 * Gives each operation a unique name for restrictions and checks: the `operationId` if it is valid, otherwise the
 * same without spaces, stars and invisible characters, otherwise method and path. A valid id goes to the first
 * operation that has it.
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
