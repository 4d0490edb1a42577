import { toObject } from "../apis/read-json.ts";
import { resolve } from "../apis/references.ts";

/** A schema with its reference followed. */
interface OpenedSchema {
  /** Null for a boolean schema, and if the reference can't be followed. */
  schema: Record<string, unknown> | null;
  /** The reference, to find schemas that contain themselves. */
  reference: string | null;
  /** The last part of the reference: the name of the component. */
  name: string | null;
}

/** Follows the `$ref` of a schema within the document. Other files and URLs are never fetched. */
export function openSchema(document: Record<string, unknown>, given: unknown): OpenedSchema {
  const schema = toObject(given);
  if (schema === null) return { schema: null, reference: null, name: null };
  const reference = schema.$ref;
  if (typeof reference !== "string") return { schema, reference: null, name: null };
  const name = nameOf(reference);
  // Without a slash it is an anchor or the document itself, which is no schema.
  if (!reference.startsWith("#/")) return { schema: null, reference, name };
  const resolved = resolve(document, schema);
  return { schema: resolved.kind === "found" ? resolved.value : null, reference, name };
}

function nameOf(reference: string): string {
  const last = reference.slice(-300).split("/").at(-1) ?? "";
  return last.replaceAll("~1", "/").replaceAll("~0", "~").replace(/^#/, "").slice(0, 100);
}

/** A schema with the parts of its `allOf` merged into it. */
export interface MergedSchema {
  schema: Record<string, unknown>;
  properties: Map<string, unknown>;
  required: Set<string>;
  variants: { kind: "one" | "any"; options: unknown[] } | null;
  /** The references that were merged. */
  references: Set<string>;
}

/** Parts of `allOf` that are merged. */
const MAX_PARTS = 50;
const MAX_PROPERTIES = 500;

/** Merges `allOf`. What the schema itself says wins over its parts, and an earlier part over a later one. */
export function mergeSchema(document: Record<string, unknown>, own: Record<string, unknown>): MergedSchema {
  const merged: MergedSchema = {
    schema: {},
    properties: new Map(),
    required: new Set(),
    variants: null,
    references: new Set(),
  };
  const waiting: Record<string, unknown>[] = [own];
  for (let parts = 0; parts < MAX_PARTS; parts++) {
    const part = waiting.shift();
    if (part === undefined) break;
    add(merged, part);
    for (const each of Array.isArray(part.allOf) ? part.allOf.slice(0, MAX_PARTS) : []) {
      const { schema, reference } = openSchema(document, each);
      if (schema === null || (reference !== null && merged.references.has(reference))) continue;
      if (reference !== null) merged.references.add(reference);
      waiting.push(schema);
    }
  }
  return merged;
}

function add(merged: MergedSchema, part: Record<string, unknown>): void {
  merged.schema = { ...part, ...merged.schema };
  for (const [name, schema] of Object.entries(toObject(part.properties) ?? {})) {
    if (merged.properties.size >= MAX_PROPERTIES) break;
    if (!merged.properties.has(name)) merged.properties.set(name, schema);
  }
  for (const name of Array.isArray(part.required) ? part.required : []) {
    if (typeof name === "string") merged.required.add(name);
  }
  merged.variants ??= variantsOf(part);
}

function variantsOf({ oneOf, anyOf }: Record<string, unknown>): MergedSchema["variants"] {
  if (Array.isArray(oneOf) && oneOf.length > 0) return { kind: "one", options: oneOf };
  return Array.isArray(anyOf) && anyOf.length > 0 ? { kind: "any", options: anyOf } : null;
}
