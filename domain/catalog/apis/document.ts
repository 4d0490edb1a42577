import { formatBytes } from "#core/format.ts";
import { storableJson } from "#core/text.ts";
import { invalidDocument, MAX_DEPTH, tooDeep } from "./invalid-document.ts";
import { otherDocumentFormat, otherTextFormat } from "./other-formats.ts";
import { readJson, toObject } from "./read-json.ts";
import { readYaml } from "./read-yaml.ts";
import { OPENAPI_MAX_BYTES } from "./schema.ts";

/** Bytes of the document with all aliases expanded. */
const MAX_UNFOLDED_BYTES = 4 * OPENAPI_MAX_BYTES;

/** A document as given: text or an object. */
export type DocumentSource = string | Record<string, unknown>;

export interface ReadDocument {
  value: Record<string, unknown>;
  notices: string[];
}

/**
 * Parses JSON or YAML. Throws `invalid` for another format, with the line of the first error, and for documents that
 * are too large or nested too deeply.
 */
export function readDocument(source: DocumentSource): ReadDocument {
  const value = valueIn(source);
  const document = toObject(value);
  if (document === null) throw invalidDocument("It must be an object with “openapi”, “info” and “paths”.");
  const other = otherDocumentFormat(document);
  if (other !== null) throw invalidDocument(other);
  requireBounded(document);
  const json = JSON.stringify(document);
  if (typeof source === "object") requireMaxBytes(Buffer.byteLength(json));
  // Copied through JSON: no shared parts, and nothing that a database can't store.
  const storable = storableJson(document);
  const notices =
    storable === json
      ? []
      : ["It has NUL characters or halves of surrogate pairs: they were replaced by “\u{fffd}”."];
  return { value: JSON.parse(storable), notices };
}

function valueIn(source: DocumentSource): unknown {
  if (typeof source !== "string") return source;
  requireMaxBytes(Buffer.byteLength(source));
  return parse(source);
}

function parse(source: string): unknown {
  const text = source.replace(/^\u{feff}/u, "");
  if (text.trim() === "") throw invalidDocument("It is empty.");
  if (/^.?\0/.test(text))
    throw invalidDocument("It is UTF-16 text that was read as UTF-8. Upload the file itself.");
  const json = readJson(text);
  if (json !== undefined) return json;
  const other = otherTextFormat(text);
  if (other !== null) throw invalidDocument(other);
  return readYaml(text);
}

function requireMaxBytes(bytes: number): void {
  if (bytes <= OPENAPI_MAX_BYTES) return;
  throw invalidDocument(
    `It is ${formatBytes(bytes)}; the limit is 16 MiB. Remove examples and descriptions, or split it into several APIs, for example with “npx @redocly/cli split”.`,
  );
}

/**
 * Throws if the document is nested too deeply, or too large once aliases are expanded. Visits each shared part once.
 */
function requireBounded(document: object): void {
  const known = new Map<object, { bytes: number; depth: number } | null>();
  const measure = (value: unknown): { bytes: number; depth: number } => {
    if (typeof value === "string") return { bytes: value.length + 3, depth: 0 };
    if (typeof value !== "object" || value === null) return { bytes: 8, depth: 0 };
    const before = known.get(value);
    if (before === null) throw invalidDocument("An alias refers to a node that contains it.");
    if (before !== undefined) return before;
    known.set(value, null);
    let [bytes, depth] = [2, 0];
    for (const [key, inner] of Object.entries(value)) {
      const size = measure(inner);
      bytes += size.bytes + (Array.isArray(value) ? 1 : key.length + 4);
      depth = Math.max(depth, size.depth);
      if (bytes > MAX_UNFOLDED_BYTES) throw invalidDocument("Its aliases expand to more than 64 MiB.");
    }
    if (depth >= MAX_DEPTH) throw tooDeep();
    const measured = { bytes, depth: depth + 1 };
    known.set(value, measured);
    return measured;
  };
  try {
    measure(document);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}
