import { type AnyColumn, and, eq, gt, gte, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { DialectName } from "#db/open.ts";
import { matches, type Place } from "../../like.ts";
import { ScimError } from "./errors.ts";
import type { ComparisonOperator, Filter, FilterValue } from "./filter.ts";

/** How an attribute is compared in the database. */
export type Attribute =
  /**
   * `exact`: the column distinguishes case (RFC 7643, 2.2). `lower`: it does not, and holds text in lower case. `any`: it
   * does not, and holds text as it was sent.
   */
  | { kind: "text"; column: AnyColumn | SQL; letters: "exact" | "lower" | "any" }
  | { kind: "instant"; column: AnyColumn }
  | { kind: "boolean"; isTrue: SQL }
  /** The same for every resource. */
  | { kind: "constant"; value: string | boolean }
  /** A list of references, of which one must have this id. */
  | { kind: "reference"; has: (id: string) => SQL; any: SQL };

/**
 * The condition of a filter. Throws 400 `invalidFilter` for attributes that are not in `attributes` and for comparisons
 * that make no sense for their type. Values are parameters of the query.
 */
export function conditionOf(
  filter: Filter,
  attributes: ReadonlyMap<string, Attribute>,
  dialect: DialectName,
): SQL {
  const conditionFor = (part: Filter) => conditionOf(part, attributes, dialect);
  switch (filter.op) {
    case "and":
      return requireCondition(and(conditionFor(filter.left), conditionFor(filter.right)));
    case "or":
      return requireCondition(or(conditionFor(filter.left), conditionFor(filter.right)));
    case "not":
      return not(conditionFor(filter.of));
    case "pr":
      return isPresent(attributeOf(filter.path, attributes));
    default:
      return compare(attributeOf(filter.path, attributes), filter.op, filter.value, dialect);
  }
}

function attributeOf(path: string, attributes: ReadonlyMap<string, Attribute>): Attribute {
  const attribute = attributes.get(path);
  if (attribute === undefined) throw unsupported("names an attribute that can't be filtered by");
  return attribute;
}

function isPresent(attribute: Attribute): SQL {
  switch (attribute.kind) {
    case "text":
      return sql`${attribute.column} is not null`;
    case "reference":
      return attribute.any;
    default:
      return truth(true);
  }
}

function compare(
  attribute: Attribute,
  op: ComparisonOperator,
  value: FilterValue,
  dialect: DialectName,
): SQL {
  switch (attribute.kind) {
    case "text":
      return compareText(attribute, op, value, dialect);
    case "instant":
      return compareInstant(attribute.column, op, value);
    case "boolean":
      requireEquality(op);
      return (op === "eq") === booleanOf(value) ? attribute.isTrue : not(attribute.isTrue);
    case "constant": {
      requireEquality(op);
      const isSame = String(attribute.value) === String(value).toLowerCase();
      return truth(isSame === (op === "eq"));
    }
    case "reference":
      if (op !== "eq" || typeof value !== "string") throw unsupported("can compare members only with eq");
      return attribute.has(value);
  }
}

function requireEquality(op: ComparisonOperator): void {
  if (op !== "eq" && op !== "ne") throw unsupported("has an operator that this attribute does not have");
}

/** How `matches` finds what a comparison asks for. */
const PLACES: Partial<Record<ComparisonOperator, Place>> = {
  eq: "whole",
  ne: "whole",
  co: "anywhere",
  sw: "start",
  ew: "end",
};

function compareText(
  { column, letters }: Extract<Attribute, { kind: "text" }>,
  op: ComparisonOperator,
  value: FilterValue,
  dialect: DialectName,
): SQL {
  if (value === null && op === "eq") return sql`${column} is null`;
  if (value === null && op === "ne") return sql`${column} is not null`;
  if (typeof value !== "string") throw unsupported("needs a text for this attribute");
  const place = PLACES[op];
  if (letters === "any" && place !== undefined) {
    const found = matches(column, dialect, value, place);
    return op === "ne" ? sql`(${column} is null or not (${found}))` : found;
  }
  return compareLetters(
    letters === "any" ? sql`lower(${column})` : column,
    op,
    letters === "exact" ? value : value.toLowerCase(),
  );
}

/** Compares with a column whose letters are those of `text`. */
function compareLetters(column: AnyColumn | SQL, op: ComparisonOperator, text: string): SQL {
  // Not LIKE, which ignores case in SQLite and has wildcards. Characters are counted as code points, as databases do.
  const size = [...text].length;
  switch (op) {
    case "eq":
      return sql`${column} = ${text}`;
    case "ne":
      return sql`(${column} is null or ${column} <> ${text})`;
    case "co":
      return size === 0 ? sql`${column} is not null` : sql`replace(${column}, ${text}, '') <> ${column}`;
    case "sw":
      return sql`substr(${column}, 1, ${sql.raw(String(size))}) = ${text}`;
    case "ew":
      return sql`(length(${column}) >= ${sql.raw(String(size))} and substr(${column}, length(${column}) - ${sql.raw(String(size))} + 1) = ${text})`;
    case "gt":
      return sql`${column} > ${text}`;
    case "ge":
      return sql`${column} >= ${text}`;
    case "lt":
      return sql`${column} < ${text}`;
    case "le":
      return sql`${column} <= ${text}`;
  }
}

function compareInstant(column: AnyColumn, op: ComparisonOperator, value: FilterValue): SQL {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw unsupported("needs a time such as 2026-12-01T00:00:00Z for this attribute");
  switch (op) {
    case "eq":
      return eq(column, at);
    case "ne":
      return not(eq(column, at));
    case "gt":
      return gt(column, at);
    case "ge":
      return gte(column, at);
    case "lt":
      return lt(column, at);
    case "le":
      return lte(column, at);
    default:
      throw unsupported("has an operator that times don't have");
  }
}

function booleanOf(value: FilterValue): boolean {
  const text = String(value).toLowerCase();
  if (text !== "true" && text !== "false") throw unsupported("needs true or false for this attribute");
  return text === "true";
}

const truth = (value: boolean) => (value ? sql`1 = 1` : sql`1 = 0`);

function requireCondition(condition: SQL | undefined): SQL {
  if (condition === undefined) throw new Error("a condition of two parts is never empty");
  return condition;
}

function unsupported(problem: string): ScimError {
  return new ScimError(400, `The filter ${problem}.`, "invalidFilter");
}
