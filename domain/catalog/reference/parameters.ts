import { toObject } from "../apis/read-json.ts";
import type { Budget } from "./budget.ts";
import { givenExample, makeExample } from "./example.ts";
import { openSchema } from "./merge-schema.ts";
import type { SchemaNode, SchemaTree } from "./schema-tree.ts";
import { shortJson } from "./short-json.ts";

/** What reads the parts of an operation. */
export interface PartReader {
  document: Record<string, unknown>;
  budget: Budget;
  tree: SchemaTree;
}

export interface ReferenceParameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required: boolean;
  deprecated: boolean;
  /** Markdown. */
  description: string;
  schema: SchemaNode;
  /** As it is written into a request; null if the document gives none. */
  example: string | null;
}

const LOCATIONS: ReadonlySet<unknown> = new Set(["path", "query", "header", "cookie"]);
const MAX_PARAMETERS = 200;
/** Characters. */
const MAX_EXAMPLE_LENGTH = 500;

/** The parameters of an operation: its own, and those of its path that it does not replace. Path parameters first. */
export function readParameters(
  reader: PartReader,
  item: Record<string, unknown>,
  operation: Record<string, unknown>,
): ReferenceParameter[] {
  const found = new Map<string, ReferenceParameter>();
  for (const given of [...listOf(item.parameters), ...listOf(operation.parameters)]) {
    const parameter = openSchema(reader.document, given).schema;
    const read = parameter && readParameter(reader, parameter);
    if (read) found.set(`${read.in} ${read.name}`, read);
  }
  const order = ["path", "query", "header", "cookie"];
  return [...found.values()].sort((a, b) => order.indexOf(a.in) - order.indexOf(b.in));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_PARAMETERS) : [];
}

function readParameter(
  { document, budget, tree }: PartReader,
  parameter: Record<string, unknown>,
): ReferenceParameter | null {
  const { name, in: location } = parameter;
  if (typeof name !== "string" || name === "" || !LOCATIONS.has(location)) return null;
  const [media] = Object.values(toObject(parameter.content) ?? {});
  const schema = parameter.schema ?? toObject(media)?.schema;
  const description = budget.text(parameter.description, 2_000);
  return {
    name: budget.text(name, 200),
    in: location as ReferenceParameter["in"],
    required: parameter.required === true || location === "path",
    deprecated: parameter.deprecated === true,
    description,
    schema: tree.read(schema),
    example: exampleOf(document, parameter, schema),
  };
}

function exampleOf(
  document: Record<string, unknown>,
  parameter: Record<string, unknown>,
  schema: unknown,
): string | null {
  const given = givenExample(document, parameter);
  const value = given === undefined ? statedOf(document, schema) : given;
  if (value === undefined || value === null) return null;
  const text = Array.isArray(value) ? listText(value) : typeof value === "object" ? null : String(value);
  return text === null || text.length > MAX_EXAMPLE_LENGTH ? null : text;
}

/** The items in one line; null for a list that is too long, which many parameters may show. */
function listText(items: unknown[]): string | null {
  // Each item may be one character, which quotation marks and a comma make four.
  if (shortJson(items, 4 * MAX_EXAMPLE_LENGTH) === null) return null;
  return items.map((item) => (typeof item === "object" ? JSON.stringify(item) : String(item))).join(",");
}

/** Only what the schema states: an invented text in a path would name something that does not exist. */
function statedOf(document: Record<string, unknown>, schema: unknown): unknown {
  const example = makeExample(document, schema, "request");
  return example === "text" ? undefined : example;
}
