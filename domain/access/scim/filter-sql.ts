import { type AnyColumn, and, eq, gt, gte, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import { ScimError } from "./errors.ts";
import type { ComparisonOperator, Filter, FilterValue } from "./filter.ts";

/** How an attribute is compared in the database. */
export type Attribute =
  /** `exact`: the column distinguishes case (RFC 7643, 2.2). Otherwise it holds text in lower case. */
  | { kind: "text"; column: AnyColumn | SQL; exact: boolean }
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
export function conditionOf(filter: Filter, attributes: ReadonlyMap<string, Attribute>): SQL {
  switch (filter.op) {
    case "and":
      return must(and(conditionOf(filter.left, attributes), conditionOf(filter.right, attributes)));
    case "or":
      return must(or(conditionOf(filter.left, attributes), conditionOf(filter.right, attributes)));
    case "not":
      return not(conditionOf(filter.of, attributes));
    case "pr":
      return isPresent(attributeOf(filter.path, attributes));
    default:
      return compare(attributeOf(filter.path, attributes), filter.op, filter.value);
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

function compare(attribute: Attribute, op: ComparisonOperator, value: FilterValue): SQL {
  switch (attribute.kind) {
    case "text":
      return compareText(attribute, op, value);
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

function compareText(
  { column, exact }: Extract<Attribute, { kind: "text" }>,
  op: ComparisonOperator,
  value: FilterValue,
): SQL {
  if (value === null && op === "eq") return sql`${column} is null`;
  if (value === null && op === "ne") return sql`${column} is not null`;
  if (typeof value !== "string") throw unsupported("needs a text for this attribute");
  const text = exact ? value : value.toLowerCase();
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

function must(condition: SQL | undefined): SQL {
  if (condition === undefined) throw new Error("a condition of two parts is never empty");
  return condition;
}

function unsupported(problem: string): ScimError {
  return new ScimError(400, `The filter ${problem}.`, "invalidFilter");
}
