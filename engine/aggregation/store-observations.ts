import { and, desc, eq, ne, type SQL, sql } from "drizzle-orm";
import { OTHERS } from "#core/other-values.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import type { Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { MAX_VALUES, type ObservationGroup, type ObservationRow } from "./aggregate-observations.ts";
import { inStatements, jsonRows } from "./json-rows.ts";

/** Named values that remain when a group over its maximum is merged. */
const VALUES_KEPT = 100;

const KINDS = ["text", "text", "text", "number", "text", "number", "number"] as const;

/** Stores where allowed requests came from. */
export async function storeObservations(tx: Tx, rows: ObservationRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { clientObservations } = tx.t;
  const later = tx.dialect === "postgres" ? sql`greatest` : sql`max`;
  await takeAdvisoryLock(tx, "observations");
  await inStatements(rows, (some) =>
    tx.q
      .insert(clientObservations)
      .select(jsonRows(tx, some, KINDS))
      .onConflictDoUpdate({
        target: [
          clientObservations.keyId,
          clientObservations.kind,
          clientObservations.day,
          clientObservations.secretId,
          clientObservations.value,
        ],
        set: {
          count: sql`${clientObservations.count} + excluded.count`,
          lastSeenAt: sql`${later}(${clientObservations.lastSeenAt}, excluded.last_seen_at)`,
        },
      }),
  );
}

/** Merges the rarest values of a group over its maximum into `OTHERS`. Their counts are preserved. */
export async function mergeRareObservations(tx: Tx, group: ObservationGroup): Promise<void> {
  const { clientObservations } = tx.t;
  await takeAdvisoryLock(tx, "observations");
  const values = await tx.q
    .select({ value: clientObservations.value })
    .from(clientObservations)
    .where(and(isOf(tx, group), ne(clientObservations.value, ""), ne(clientObservations.value, OTHERS)))
    .orderBy(desc(clientObservations.count), clientObservations.value);
  if (values.length <= MAX_VALUES) return;
  const rare = values.slice(VALUES_KEPT).map(({ value }) => value);
  const merged = await tx.q
    .delete(clientObservations)
    .where(and(isOf(tx, group), oneOf(tx, clientObservations.value, rare)))
    .returning({ count: clientObservations.count, lastSeenAt: clientObservations.lastSeenAt });
  const count = merged.reduce((sum, row) => sum + row.count, 0);
  const lastSeenAt = merged.reduce((last, row) => Math.max(last, row.lastSeenAt), 0);
  await storeObservations(tx, [[...group, OTHERS, count, lastSeenAt]]);
}

/** Finds groups that exceed their maximum. */
export async function groupsOverLimit(
  { q, t: { clientObservations } }: Scope,
  fromDay: number,
): Promise<ObservationGroup[]> {
  const { keyId, secretId, kind, day } = clientObservations;
  const rows = await q
    .select({ keyId, secretId, kind, day })
    .from(clientObservations)
    .where(sql`${day} >= ${fromDay}`)
    .groupBy(keyId, kind, day, secretId)
    // "" and `OTHERS` are not named values.
    .having(sql`count(*) > ${MAX_VALUES + 2}`);
  return rows.map((row) => [row.keyId, row.secretId, row.kind, row.day]);
}

function isOf(
  { t: { clientObservations } }: Tx,
  [keyId, secretId, kind, day]: ObservationGroup,
): SQL | undefined {
  return and(
    eq(clientObservations.keyId, keyId),
    eq(clientObservations.kind, kind),
    eq(clientObservations.day, day),
    eq(clientObservations.secretId, secretId),
  );
}
