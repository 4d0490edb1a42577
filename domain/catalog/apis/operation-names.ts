import { compare } from "#core/compare.ts";
import { cleanLine, truncate } from "#core/text.ts";
import { operationNameSchema } from "./schema.ts";

const MAX_NAME_LENGTH = 200;
/** Characters of an id kept for display. */
const MAX_ID_LENGTH = 500;

/** What a document says about an operation's identity. */
export interface DocumentOperationId {
  /** As in the document: a string, a number, or something else. */
  operationId: unknown;
  method: string;
  path: string;
}

export interface NamedOperation {
  name: string;
  /** The document's id, if it could not be used as the name. */
  operationId: string | null;
}

/**
 * Gives each operation a unique name for restrictions and checks: the `operationId` if it is valid, otherwise the
 * same without spaces, stars and invisible characters, otherwise method and path. Of several operations with the same
 * valid id, the first by path and method has it: a database may store a document with its paths in another order.
 */
export function nameOperations(operations: readonly DocumentOperationId[]): NamedOperation[] {
  const ids = operations.map(({ operationId }) => idOf(operationId));
  const inOrder = operations
    .map(({ path, method }, index) => ({ path, method, index }))
    .sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
  const taken = new Set<string>();
  const names: (string | undefined)[] = [];
  for (const { index } of inOrder) {
    const id = ids[index] ?? null;
    if (id === null || taken.has(id) || !operationNameSchema.safeParse(id).success || asName(id) !== id)
      continue;
    taken.add(id);
    names[index] = id;
  }
  const counts = new Map<string, number>();
  for (const { index, method, path } of inOrder) {
    if (names[index] !== undefined) continue;
    const own = asName(ids[index] ?? "");
    const byPath = asName(`${method.toLowerCase()}:${path}`);
    const name = own !== "" && !taken.has(own) ? own : unique(byPath, taken, counts);
    taken.add(name);
    names[index] = name;
  }
  return ids.map((id, index) => {
    const name = names[index] ?? "";
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
