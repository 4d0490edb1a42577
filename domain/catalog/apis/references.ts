import { decodeUri } from "#core/decode-uri.ts";
import { toObject } from "./read-json.ts";

/** More than real documents chain. */
const MAX_STEPS = 20;

export type Resolved =
  | { kind: "found"; value: Record<string, unknown> }
  /** In another file or at a URL, which the portal does not fetch. */
  | { kind: "elsewhere" }
  /** A missing target or a cycle. */
  | { kind: "broken" };

/** Resolves an object's `$ref` within the document. Fields beside a `$ref` win over those of its target. */
export function resolve(document: Record<string, unknown>, object: Record<string, unknown>): Resolved {
  let value = object;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { $ref: reference, ...own } = value;
    if (reference === undefined) return { kind: "found", value };
    if (typeof reference !== "string") return { kind: "broken" };
    if (!reference.startsWith("#")) return { kind: "elsewhere" };
    const target = toObject(lookUp(document, reference));
    if (target === null) return { kind: "broken" };
    value = { ...target, ...own };
    if (target.$ref !== undefined) value.$ref = target.$ref;
  }
  return { kind: "broken" };
}

/** Resolves a JSON Pointer in a URI fragment (RFC 6901, section 6). */
function lookUp(document: Record<string, unknown>, reference: string): unknown {
  let value: unknown = document;
  const fragment = reference.slice(1);
  for (const token of (decodeUri(fragment) ?? fragment).split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const from = Array.isArray(value) ? value : toObject(value);
    if (from === null || !Object.hasOwn(from, key)) return undefined;
    value = (from as Record<string, unknown>)[key];
  }
  return value;
}
