import { sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { jsonBytes, oneOf } from "#db/portable-sql.ts";
import { countWithinBytes } from "../lists.ts";
import type { KeyRow } from "./find.ts";

/** Size of a key's other fields as JSON, bytes. */
const OTHER_BYTES = 2_500;

/**
 * The rows of the first of these keys that fit into a response of `maxBytes`, at least one. Sizes are queried before
 * the sets, so that no more than that is read.
 */
export async function readKeysUpTo(scope: Scope, ids: string[], maxBytes: number): Promise<KeyRow[]> {
  if (ids.length === 0) return [];
  const { keys } = scope.t;
  const { restrictions, reportOnly, metadata, tags, description } = keys;
  const json = [restrictions, reportOnly, metadata, tags, description].map((column) =>
    jsonBytes(scope, column),
  );
  const sizes = await scope.q
    .select({ id: keys.id, bytes: sql<number>`${sql.join(json, sql` + `)}`.mapWith(Number) })
    .from(keys)
    .where(oneOf(scope, keys.id, ids));
  const sizeOf = new Map(sizes.map(({ id, bytes }) => [id, bytes]));
  const count = countWithinBytes(
    ids.map((id) => OTHER_BYTES + (sizeOf.get(id) ?? 0)),
    maxBytes,
  );
  const shown = ids.slice(0, count);
  const rows = await scope.q
    .select()
    .from(keys)
    .where(oneOf(scope, keys.id, shown));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return shown.flatMap((id) => byId.get(id) ?? []);
}
