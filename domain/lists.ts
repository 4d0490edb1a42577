import { and, eq, gt, gte, lt, lte, or, type SQL, type SQLWrapper } from "drizzle-orm";
import { invalid } from "./errors.ts";
import type { Page } from "./fields.ts";

/** The position after the last row of a page: the values it was sorted by, the id last. */
type CursorValues = (string | number | null)[];

/** Encodes a cursor for `readCursor`. */
export function encodeCursor(values: CursorValues): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

function decodeCursor(cursor: string, length: number): CursorValues | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(values) && values.length === length && values.every(isCursorValue) ? values : null;
  } catch {
    return null;
  }
}

/** The types of a cursor's values, in sort order. */
type CursorKind = "text" | "number";
type CursorOf<Kinds extends readonly CursorKind[]> = {
  [At in keyof Kinds]: Kinds[At] extends "text" ? string : number;
};

/**
 * Decodes a cursor with values of these types; null without a cursor. Throws `invalid` for anything that this list
 * did not create.
 */
export function readCursor<const Kinds extends readonly CursorKind[]>(
  cursor: string | undefined,
  kinds: Kinds,
  field = "cursor",
): CursorOf<Kinds> | null {
  if (cursor === undefined) return null;
  const values = decodeCursor(cursor, kinds.length);
  if (values === null || !matches(values, kinds)) {
    throw invalid(field, "This is not a cursor of this list. Use the nextCursor of the previous page.");
  }
  return values;
}

function matches<Kinds extends readonly CursorKind[]>(
  values: readonly unknown[],
  kinds: Kinds,
): values is CursorOf<Kinds> & unknown[] {
  return values.every((value, at) =>
    kinds[at] === "text" ? typeof value === "string" && !value.includes("\0") : Number.isSafeInteger(value),
  );
}

function isCursorValue(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || typeof value === "number";
}

/** How many of the first of these sizes fit into this many bytes; at least one, so that reading can continue. */
export function countWithinBytes(sizes: readonly number[], maxBytes: number): number {
  let bytes = 0;
  const over = sizes.findIndex((size) => {
    bytes += size;
    return bytes > maxBytes;
  });
  return over < 0 ? sizes.length : Math.max(1, over);
}

/** The first of these items that fit into a response of this many bytes as JSON; at least one. */
export function countItemsWithinBytes(items: readonly unknown[], maxBytes: number): number {
  return countWithinBytes(
    items.map((item) => Buffer.byteLength(JSON.stringify(item)) + 1),
    maxBytes,
  );
}

/**
 * Removes the extra row that the query asked for and what exceeds a response of `maxBytes`, and returns the cursor
 * of the next page.
 */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => CursorValues,
  present: (row: Row) => Item,
  maxBytes?: number,
): Page<Item> {
  const items = rows.slice(0, limit).map(present);
  const count = maxBytes === undefined ? items.length : countItemsWithinBytes(items, maxBytes);
  const last = rows[count - 1];
  return {
    items: items.slice(0, count),
    nextCursor: rows.length > count && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}

/**
 * Matches rows after a position in a list sorted by a value and by id among equals. The condition on the value alone
 * is redundant, but lets databases find the position in an index however far back it is.
 */
export function afterRow(
  [value, id]: [value: SQLWrapper, id: SQLWrapper],
  [lastValue, lastId]: readonly [number, string],
  descending = false,
): SQL | undefined {
  const [beyond, from] = descending ? [lt, lte] : [gt, gte];
  return and(
    from(value as SQL, lastValue),
    or(beyond(value as SQL, lastValue), and(eq(value as SQL, lastValue), beyond(id as SQL, lastId))),
  );
}
