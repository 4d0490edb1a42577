import { z } from "zod";
import { invalid } from "./errors.ts";

/** One page of a list (contract, section 7). */
export interface Page<Item> {
  items: Item[];
  /** What to ask the next page with; null at the end. */
  nextCursor: string | null;
}

/** How much of a list, and from where: what every listing verb takes. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional(),
};

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
