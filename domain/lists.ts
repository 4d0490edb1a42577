import { invalid } from "./errors.ts";
import type { Page } from "./types.ts";

/** The place behind the last row of a page: the values it was sorted by, the id last. */
export type CursorValues = (string | number | null)[];

export function encodeCursor(values: CursorValues): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Reads a cursor of ours back. Throws `invalid` for anything else. */
export function decodeCursor(cursor: string, length: number): CursorValues {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(values) && values.length === length && values.every(isCursorValue)) return values;
  } catch {
    // Not ours: told below, like every other wrong cursor.
  }
  throw invalid("cursor", "Is not a cursor of this list: use the nextCursor of the page before.");
}

function isCursorValue(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || typeof value === "number";
}

/** Cuts the one row too many that the query asked for, and says where the next page begins. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => CursorValues,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
