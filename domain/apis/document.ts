import { readJson } from "./read-json.ts";
import { readYaml } from "./read-yaml.ts";
import { OPENAPI_MAX_BYTES } from "./schemas.ts";
import { MAX_DEPTH, tooDeep, unreadable } from "./unreadable.ts";

/**
 * A document as an object: JSON or YAML text, or an object already. Throws `invalid` with the line of every
 * fault, and for what is too large or nested too deeply.
 */
export function readDocument(source: string | Record<string, unknown>): Record<string, unknown> {
  if (typeof source === "string") mustFit(source);
  const value = typeof source === "string" ? (readJson(source) ?? readYaml(source)) : source;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unreadable("It must be an object with “openapi”, “info” and “paths”.");
  }
  if (!isWithin(value, MAX_DEPTH)) throw tooDeep();
  const plain = JSON.stringify(value);
  if (typeof source !== "string") mustFit(plain);
  if (plain.length > 4 * OPENAPI_MAX_BYTES) throw unreadable("Unfolded, it is larger than 4 MiB.");
  // Through JSON and back: no dates, no shared branches, nothing that the database can't keep.
  return JSON.parse(plain);
}

function mustFit(text: string): void {
  if (Buffer.byteLength(text) > OPENAPI_MAX_BYTES) throw unreadable("It is larger than 1 MiB.");
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1));
}
