import { toObject } from "../apis/read-json.ts";
import type { Budget } from "./budget.ts";
import { type MergedSchema, mergeSchema, openSchema } from "./merge-schema.ts";
import { shortJson } from "./short-json.ts";

/** A schema as the reference shows it. */
export interface SchemaNode {
  /** In words: "string <date-time>", "array of Badge", "object or null". */
  type: string;
  /** Markdown. */
  description: string;
  /** What a value must meet: "1 to 100 characters", "default: 20". */
  rules: string[];
  /** The allowed values as JSON. */
  values: string[];
  deprecated: boolean;
  access: "read-only" | "write-only" | null;
  properties: SchemaProperty[];
  /** The alternatives of `oneOf` and `anyOf`. */
  variants: { kind: "one" | "any"; options: SchemaNode[] } | null;
  /** What an array or a map contains, if that has properties or alternatives. */
  items: SchemaNode | null;
  /** Why its parts are not shown: it contains itself, is nested too deeply, or the page would be too large. */
  cut: "recursive" | "deep" | "large" | null;
}

export interface SchemaProperty {
  name: string;
  required: boolean;
  schema: SchemaNode;
}

const MAX_DEPTH = 8;
const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 200;
const DESCRIPTION_LENGTH = 2_000;

/** Reads schemas of OpenAPI 3.0, 3.1 and 3.2 for display. References are followed within the document only. */
export class SchemaTree {
  readonly #document: Record<string, unknown>;
  readonly #budget: Budget;

  constructor(document: Record<string, unknown>, budget: Budget) {
    this.#document = document;
    this.#budget = budget;
  }

  /** The schema with its parts; never throws, whatever the document contains. */
  read(schema: unknown): SchemaNode {
    return this.#node(schema, 0, new Set());
  }

  #node(given: unknown, depth: number, inside: ReadonlySet<string>): SchemaNode {
    const opened = openSchema(this.#document, given);
    const node = emptyNode(this.#typeOf(given, 0));
    if (this.#budget.isSpent) return { ...node, cut: "large" };
    this.#budget.countNode();
    if (opened.reference !== null && inside.has(opened.reference)) return { ...node, cut: "recursive" };
    if (opened.schema === null) return node;
    const merged = mergeSchema(this.#document, opened.schema);
    const { schema } = merged;
    node.description = this.#budget.text(schema.description ?? schema.title, DESCRIPTION_LENGTH);
    node.rules = rulesOf(schema).map((rule) => this.#budget.text(rule, 500));
    node.values = valuesOf(schema).map((value) => this.#budget.text(value, MAX_VALUE_LENGTH));
    node.deprecated = schema.deprecated === true;
    node.access = schema.readOnly === true ? "read-only" : schema.writeOnly === true ? "write-only" : null;
    const within = new Set([...inside, ...merged.references]);
    if (opened.reference !== null) within.add(opened.reference);
    if (depth >= MAX_DEPTH) return { ...node, cut: hasParts(merged) ? "deep" : null };
    node.properties = this.#properties(merged, depth, within);
    node.variants = this.#variants(merged, depth, within);
    node.items = this.#items(schema, depth, within);
    const left = node.properties.length < merged.properties.size;
    return left ? { ...node, cut: "large" } : node;
  }

  /** Stops where nothing more may be shown. */
  #properties({ properties, required }: MergedSchema, depth: number, inside: ReadonlySet<string>) {
    const shown: SchemaProperty[] = [];
    for (const [name, schema] of properties) {
      if (this.#budget.isSpent) break;
      shown.push({
        name: this.#budget.text(name, 200),
        required: required.has(name),
        schema: this.#node(schema, depth + 1, inside),
      });
    }
    return shown;
  }

  #variants({ variants }: MergedSchema, depth: number, inside: ReadonlySet<string>): SchemaNode["variants"] {
    if (variants === null) return null;
    const options = variants.options.filter((option) => !isNull(option)).slice(0, MAX_VALUES);
    const shown: SchemaNode[] = [];
    for (const option of options) {
      if (this.#budget.isSpent) break;
      shown.push(this.#node(option, depth + 1, inside));
    }
    return shown.length === 0 ? null : { kind: variants.kind, options: shown };
  }

  /** The parts of an array's items or a map's values. Plain ones are named by the type already. */
  #items(schema: Record<string, unknown>, depth: number, inside: ReadonlySet<string>): SchemaNode | null {
    const inner = schema.items ?? toObject(schema.additionalProperties);
    const opened = openSchema(this.#document, inner);
    if (opened.schema === null) return null;
    if (this.#budget.isSpent) return null;
    const merged = mergeSchema(this.#document, opened.schema);
    if (!hasParts(merged) && rulesOf(merged.schema).length + valuesOf(merged.schema).length === 0)
      return null;
    return this.#node(inner, depth + 1, inside);
  }

  /** The type in words, to a depth of three arrays. */
  #typeOf(given: unknown, depth: number): string {
    if (given === false) return "never";
    const { schema: own, name } = openSchema(this.#document, given);
    if (own === null) return given === undefined || given === true || name === null ? "any" : name;
    const { schema, properties, variants } = mergeSchema(this.#document, own);
    const types = typesOf(schema, properties.size > 0);
    const nullable = schema.nullable === true || types.includes("null") || variants?.options.some(isNull);
    const named = types.filter((type) => type !== "null");
    const parts = named.map((type) => this.#named(type, schema, depth));
    if (parts.length === 0) parts.push(name ?? (variants === null ? "any" : "one of several"));
    else if (name !== null && named[0] === "object" && parts.length === 1) parts[0] = name;
    if (nullable && parts[0] !== "any") parts.push("null");
    return this.#budget.text(parts.join(" or "), 200) || "any";
  }

  #named(type: string, schema: Record<string, unknown>, depth: number): string {
    if (type === "array") return depth > 2 ? "array" : `array of ${this.#typeOf(schema.items, depth + 1)}`;
    const values = toObject(schema.additionalProperties);
    if (type === "object" && values && toObject(schema.properties) === null) {
      return depth > 2 ? "map" : `map of ${this.#typeOf(values, depth + 1)}`;
    }
    const format = schema.format ?? schema.contentMediaType;
    return typeof format === "string" && format !== "" ? `${type} <${format.slice(0, 60)}>` : type;
  }
}

function emptyNode(type: string): SchemaNode {
  return {
    type,
    description: "",
    rules: [],
    values: [],
    deprecated: false,
    access: null,
    properties: [],
    variants: null,
    items: null,
    cut: null,
  };
}

function hasParts({ properties, variants, schema }: MergedSchema): boolean {
  return properties.size > 0 || variants !== null || toObject(schema.items) !== null;
}

function isNull(schema: unknown): boolean {
  const type = toObject(schema)?.type;
  return type === "null" || (Array.isArray(type) && type.length === 1 && type[0] === "null");
}

/** The type names of a schema: of 3.0 (a text) and 3.1 (also a list), otherwise from what else it says. */
export function typesOf(schema: Record<string, unknown>, hasProperties: boolean): string[] {
  const { type } = schema;
  if (typeof type === "string") return [type.slice(0, 40)];
  if (Array.isArray(type)) return type.filter((one): one is string => typeof one === "string").slice(0, 7);
  if (hasProperties || toObject(schema.additionalProperties)) return ["object"];
  if (schema.items !== undefined) return ["array"];
  const [value] = Array.isArray(schema.enum) ? schema.enum : [schema.const];
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return [typeof value];
  return [];
}

function valuesOf(schema: Record<string, unknown>): string[] {
  const values = "const" in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : [];
  const shown = values.slice(0, MAX_VALUES).map(asJson);
  return values.length > MAX_VALUES ? [...shown, `${values.length - MAX_VALUES} more`] : shown;
}

/** Longer than any text that is shown, which is cut. */
const MAX_JSON_LENGTH = 2_000;

function asJson(value: unknown): string {
  const cut = typeof value === "string" ? value.slice(0, MAX_JSON_LENGTH) : value;
  return shortJson(cut, MAX_JSON_LENGTH) ?? "…";
}

const isNumber = (value: unknown): value is number => typeof value === "number";

function rulesOf(schema: Record<string, unknown>): string[] {
  const rules = [
    span(schema.minLength, schema.maxLength, "characters"),
    span(schema.minItems, schema.maxItems, "items"),
    span(schema.minProperties, schema.maxProperties, "properties"),
    ...limits(schema),
    isNumber(schema.multipleOf) ? `multiple of ${schema.multipleOf}` : null,
    schema.uniqueItems === true ? "no item twice" : null,
    typeof schema.pattern === "string" ? `pattern: ${schema.pattern}` : null,
    schema.default === undefined ? null : `default: ${asJson(schema.default)}`,
    exampleRule(schema),
  ];
  return rules.filter((rule) => rule !== null);
}

function exampleRule({ example, examples }: Record<string, unknown>): string | null {
  const first = example ?? (Array.isArray(examples) ? examples[0] : undefined);
  if (first === undefined || typeof first === "object") return null;
  return `example: ${asJson(first)}`;
}

function span(min: unknown, max: unknown, unit: string): string | null {
  if (isNumber(min) && isNumber(max)) {
    return min === max ? `exactly ${min} ${unit}` : `${min} to ${max} ${unit}`;
  }
  if (isNumber(max)) return `at most ${max} ${unit}`;
  return isNumber(min) && min > 0 ? `at least ${min} ${unit}` : null;
}

/** In 3.0, `exclusiveMinimum` is a boolean beside `minimum`; in 3.1, a number. */
function limits({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Record<string, unknown>) {
  const rules: string[] = [];
  if (isNumber(exclusiveMinimum)) rules.push(`more than ${exclusiveMinimum}`);
  else if (isNumber(minimum))
    rules.push(`${exclusiveMinimum === true ? "more than" : "at least"} ${minimum}`);
  if (isNumber(exclusiveMaximum)) rules.push(`less than ${exclusiveMaximum}`);
  else if (isNumber(maximum)) rules.push(`${exclusiveMaximum === true ? "less than" : "at most"} ${maximum}`);
  return rules;
}
