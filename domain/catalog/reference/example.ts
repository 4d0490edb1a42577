import { toObject } from "../apis/read-json.ts";
import { mergeSchema, openSchema } from "./merge-schema.ts";
import { typesOf } from "./schema-tree.ts";
import { shortJson } from "./short-json.ts";

const MAX_DEPTH = 6;
const MAX_VALUES = 200;
/** JSON of an example, characters. */
const MAX_LENGTH = 20_000;

/** Whether an example is sent to the API or received from it: some properties are only for one of them. */
export type Direction = "request" | "response";

/** An example as text: the document's, otherwise one generated from the schema; null if neither exists. */
export function exampleText(
  document: Record<string, unknown>,
  media: Record<string, unknown>,
  direction: Direction,
): string | null {
  const given = givenExample(document, media);
  const value =
    given === undefined ? makeExample(document, media.schema ?? media.itemSchema, direction) : given;
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : shortJson(value, MAX_LENGTH, 2);
  return text === null || text.length > MAX_LENGTH ? null : text;
}

/** The `example` of a parameter or media type, or the first of its `examples`; undefined if there is none. */
export function givenExample(document: Record<string, unknown>, owner: Record<string, unknown>): unknown {
  if (owner.example !== undefined) return owner.example;
  for (const given of Object.values(toObject(owner.examples) ?? {}).slice(0, 20)) {
    const example = openSchema(document, given).schema;
    const value = example?.dataValue ?? example?.value ?? example?.serializedValue;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** An example value that meets the most of a schema; undefined if the schema says nothing. */
export function makeExample(
  document: Record<string, unknown>,
  schema: unknown,
  direction: Direction,
): unknown {
  return new ExampleMaker(document, direction).value(schema, 0, new Set());
}

class ExampleMaker {
  readonly #document: Record<string, unknown>;
  readonly #direction: Direction;
  #left = MAX_VALUES;
  #charactersLeft = MAX_LENGTH;

  constructor(document: Record<string, unknown>, direction: Direction) {
    this.#document = document;
    this.#direction = direction;
  }

  value(given: unknown, depth: number, inside: ReadonlySet<string>): unknown {
    const { schema: own, reference } = openSchema(this.#document, given);
    if (own === null || --this.#left < 0) return undefined;
    const within = new Set(inside);
    if (reference !== null) {
      if (inside.has(reference)) return undefined;
      within.add(reference);
    }
    const { schema, properties, variants, references } = mergeSchema(this.#document, own);
    const stated = statedValue(schema);
    if (stated !== undefined) return this.#stated(stated);
    if (depth > MAX_DEPTH) return undefined;
    for (const each of references) within.add(each);
    const [type] = typesOf(schema, properties.size > 0).filter((name) => name !== "null");
    if (properties.size > 0) return this.#object(properties, depth, within);
    if (variants) {
      const option = variants.options.find((each) => toObject(each)?.type !== "null");
      return this.value(option, depth + 1, within);
    }
    if (type === "array") return this.#array(schema.items, depth, within);
    if (type === "object") return this.#map(schema.additionalProperties, depth, within);
    return plainValue(type, schema);
  }

  /** The value if it still fits: many places of a schema can refer to one long value. */
  #stated(value: unknown): unknown {
    const json = shortJson(value, this.#charactersLeft);
    if (json === null) return undefined;
    this.#charactersLeft -= json.length;
    return value;
  }

  #object(properties: ReadonlyMap<string, unknown>, depth: number, inside: ReadonlySet<string>) {
    const hidden = this.#direction === "request" ? "readOnly" : "writeOnly";
    const entries: [string, unknown][] = [];
    for (const [name, property] of properties) {
      const { schema } = openSchema(this.#document, property);
      if (schema?.[hidden] === true || schema?.deprecated === true) continue;
      const value = this.value(property, depth + 1, inside);
      if (value !== undefined) entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }

  #array(items: unknown, depth: number, inside: ReadonlySet<string>): unknown[] {
    const value = this.value(items, depth + 1, inside);
    return value === undefined ? [] : [value];
  }

  #map(values: unknown, depth: number, inside: ReadonlySet<string>): Record<string, unknown> {
    const value = this.value(values, depth + 1, inside);
    return value === undefined ? {} : { key: value };
  }
}

function statedValue(schema: Record<string, unknown>): unknown {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const [value] = Array.isArray(schema.enum) ? schema.enum : [];
  return schema.example ?? example ?? schema.const ?? schema.default ?? value;
}

/** Examples of the formats that JSON Schema and OpenAPI name. */
const BY_FORMAT: Record<string, string> = {
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
  time: "12:00:00Z",
  duration: "PT1H",
  email: "ada@example.com",
  hostname: "example.com",
  ipv4: "203.0.113.7",
  ipv6: "2001:db8::7",
  uri: "https://example.com",
  url: "https://example.com",
  uuid: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  byte: "bGF0Y2hrZXk=",
};

function plainValue(type: string | undefined, schema: Record<string, unknown>): unknown {
  const { minimum, format } = schema;
  if (type === "integer" || type === "number")
    return typeof minimum === "number" && minimum > 0 ? minimum : 1;
  if (type === "boolean") return true;
  if (type !== "string") return undefined;
  if (typeof format === "string" && Object.hasOwn(BY_FORMAT, format)) return BY_FORMAT[format];
  return typeof schema.title === "string" ? schema.title.slice(0, 60) : "text";
}
