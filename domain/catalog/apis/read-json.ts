import { duplicateNameMessage, invalidDocument, MAX_ERRORS } from "./invalid-document.ts";

/** Parses JSON text; undefined if it is not JSON. Throws `invalid` for an object with a duplicate key. */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // JSON.parse silently keeps the last one.
  const repeated = repeatedKeys(text);
  if (repeated.length > 0) {
    throw invalidDocument(
      ...repeated.map(({ at, key }) => `Line ${lineAt(text, at)}: ${duplicateNameMessage(key)}`),
    );
  }
  return value;
}

/** An object key with its colon, or the start or end of an object. */
const PARTS = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}]/g;

/** The first duplicate keys and where they are. */
function repeatedKeys(text: string): { at: number; key: string }[] {
  const repeated: { at: number; key: string }[] = [];
  const open: Set<string>[] = [];
  for (const { 0: part, 1: written = "", 2: colon, index } of text.matchAll(PARTS)) {
    if (part === "{") open.push(new Set());
    else if (part === "}") open.pop();
    else if (colon !== undefined) {
      const key = written.includes("\\") ? String(JSON.parse(`"${written}"`)) : written;
      if (open.at(-1)?.has(key)) repeated.push({ at: index, key });
      open.at(-1)?.add(key);
      if (repeated.length === MAX_ERRORS) break;
    }
  }
  return repeated;
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/** The value if it is a JSON object, otherwise null. */
export function toObject(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
