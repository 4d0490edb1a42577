import { refuseFaults, type TextFault, twice } from "./unreadable.ts";

/** What JSON text says; undefined for what is no JSON. Throws `invalid` for an object with a key twice. */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // The parser keeps the last of them, and says nothing.
  refuseFaults(text, repeatedKeys(text));
  return value;
}

/** A string with the colon that makes it a key, or where an object begins or ends. */
const PARTS = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}]/g;

function repeatedKeys(text: string): TextFault[] {
  const faults: TextFault[] = [];
  const open: Set<string>[] = [];
  for (const { 0: part, 1: written = "", 2: colon, index } of text.matchAll(PARTS)) {
    if (part === "{") open.push(new Set());
    else if (part === "}") open.pop();
    else if (colon !== undefined) {
      const key = written.includes("\\") ? String(JSON.parse(`"${written}"`)) : written;
      if (open.at(-1)?.has(key)) faults.push(twice(index, key));
      open.at(-1)?.add(key);
    }
  }
  return faults;
}
