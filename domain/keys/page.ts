import { sql } from "drizzle-orm";
import { jsonBytes } from "#db/json-bytes.ts";
import { oneOf } from "#db/one-of.ts";
import type { Scope } from "#db/open.ts";
import { fitting } from "../lists.ts";
import type { KeyRow } from "./present.ts";

/** A key's fields besides its sets and metadata, as JSON, bytes. */
const OTHER_BYTES = 1_500;

/**
 * The rows of as many of these keys, from the first on, as an answer of `mostBytes` holds; the first in any case. The
 * sizes are asked for before the sets, so that no more than that is ever read.
 */
export async function readKeysWithin(scope: Scope, ids: string[], mostBytes: number): Promise<KeyRow[]> {
  if (ids.length === 0) return [];
  const { keys } = scope.t;
  const json = [keys.restrictions, keys.trial, keys.metadata].map((column) => jsonBytes(scope, column));
  const sizes = await scope.q
    .select({ id: keys.id, bytes: sql<number>`${sql.join(json, sql` + `)}`.mapWith(Number) })
    .from(keys)
    .where(oneOf(scope, keys.id, ids));
  const sizeOf = new Map(sizes.map(({ id, bytes }) => [id, bytes]));
  const count = fitting(
    ids.map((id) => OTHER_BYTES + (sizeOf.get(id) ?? 0)),
    mostBytes,
  );
  const shown = ids.slice(0, count);
  const rows = await scope.q
    .select()
    .from(keys)
    .where(oneOf(scope, keys.id, shown));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return shown.flatMap((id) => byId.get(id) ?? []);
}
