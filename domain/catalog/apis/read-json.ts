import { MAX_FAULTS, twice, unreadable } from "./unreadable.ts";

/** What JSON text says; undefined for what is no JSON. Throws `invalid` for an object with a key twice. */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // The parser keeps the last of them, and says nothing.
  const faults = repeatedKeys(text);
  if (faults.length > 0) {
    throw unreadable(...faults.map(({ at, key }) => `Line ${lineAt(text, at)}: ${twice(key)}`));
  }
  return value;
}

/** A string with the colon that makes it a key, or where an object begins or ends. */
const PARTS = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}]/g;

/** The first keys that their object has already, and where. */
function repeatedKeys(text: string): { at: number; key: string }[] {
  const faults: { at: number; key: string }[] = [];
  const open: Set<string>[] = [];
  for (const { 0: part, 1: written = "", 2: colon, index } of text.matchAll(PARTS)) {
    if (part === "{") open.push(new Set());
    else if (part === "}") open.pop();
    else if (colon !== undefined) {
      const key = written.includes("\\") ? String(JSON.parse(`"${written}"`)) : written;
      if (open.at(-1)?.has(key)) faults.push({ at: index, key });
      open.at(-1)?.add(key);
      if (faults.length === MAX_FAULTS) break;
    }
  }
  return faults;
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
