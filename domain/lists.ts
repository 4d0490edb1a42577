import { invalid } from "./errors.ts";
import type { Page } from "./types.ts";

/** The place behind the last row of a page: the values it was sorted by, the id last. */
type CursorValues = (string | number | null)[];

/** A cursor that `readCursor` reads back. */
export function encodeCursor(values: CursorValues): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

function decodeCursor(cursor: string, length: number): CursorValues {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(values) && values.length === length && values.every(isCursorValue)) return values;
  } catch {
    // Not ours: told below, like every other wrong cursor.
  }
  throw notACursor();
}

/** What a cursor's place holds, in the order of the sort. */
type CursorKind = "text" | "number";
type CursorOf<Kinds extends readonly CursorKind[]> = {
  [At in keyof Kinds]: Kinds[At] extends "text" ? string : number;
};

/**
 * Reads back a cursor whose values have these kinds; null where there is none. Throws `invalid` for
 * anything that this list did not hand out.
 */
export function readCursor<const Kinds extends readonly CursorKind[]>(
  cursor: string | undefined,
  kinds: Kinds,
): CursorOf<Kinds> | null {
  if (cursor === undefined) return null;
  const values = decodeCursor(cursor, kinds.length);
  if (!matches(values, kinds)) throw notACursor();
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

function notACursor() {
  return invalid("cursor", "Is not a cursor of this list: use the nextCursor of the page before.");
}

function isCursorValue(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || typeof value === "number";
}

/** How many of these sizes, from the first on, make at most so many bytes; one in any case, or nobody could read on. */
export function fitting(sizes: readonly number[], mostBytes: number): number {
  let bytes = 0;
  const over = sizes.findIndex((size) => {
    bytes += size;
    return bytes > mostBytes;
  });
  return over < 0 ? sizes.length : Math.max(1, over);
}

/** As many of these items, from the first on, as an answer of so many bytes holds as JSON; one in any case. */
export function fittingItems(items: readonly unknown[], mostBytes: number): number {
  return fitting(
    items.map((item) => Buffer.byteLength(JSON.stringify(item)) + 1),
    mostBytes,
  );
}

/**
 * Cuts the one row too many that the query asked for, and what an answer of `mostBytes` has no room for, and says
 * where the next page begins.
 */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => CursorValues,
  present: (row: Row) => Item,
  mostBytes?: number,
): Page<Item> {
  const items = rows.slice(0, limit).map(present);
  const count = mostBytes === undefined ? items.length : fittingItems(items, mostBytes);
  const last = rows[count - 1];
  return {
    items: items.slice(0, count),
    nextCursor: rows.length > count && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
