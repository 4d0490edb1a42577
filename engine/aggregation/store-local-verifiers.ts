import { and, count, eq, inArray, lt, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";

export type LocalVerifierRow = Tables["localVerifiers"]["$inferInsert"];

/** A service that verifies keys in its own process, and the service token that it reported with. */
export type LocalVerifierRef = Pick<LocalVerifierRow, "id" | "serviceTokenId">;

/** What services that verify keys in their own process reported last. */
export interface LocalReports {
  running: LocalVerifierRow[];
  /** Those that don't answer locally anymore. */
  ended: LocalVerifierRef[];
}

/** Services that are listed for one service token: the holder of the token chooses their ids. */
export const MAX_LISTED_PER_TOKEN = 1_000;
/** A service reports every 3 seconds. Silent ones can be replaced by others after this time, ms. */
const SILENT_MS = 60_000;
const AT_ONCE = 500;

/** Stores reports. One never replaces a newer one, or one of another service token. */
export async function storeLocalVerifiers(tx: Tx, { running, ended }: LocalReports): Promise<void> {
  const { localVerifiers } = tx.t;
  for (const [serviceTokenId, refs] of Map.groupBy(ended, (ref) => ref.serviceTokenId)) {
    for (const ids of batches(refs.map(({ id }) => id))) {
      const own = and(eq(localVerifiers.serviceTokenId, serviceTokenId), inArray(localVerifiers.id, ids));
      await tx.q.delete(localVerifiers).where(own);
    }
  }
  // In the same order everywhere, so that two verifiers can't deadlock.
  const ordered = running.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const rows of batches(await withinLimits(tx, ordered))) {
    await tx.q
      .insert(localVerifiers)
      .values(rows)
      .onConflictDoUpdate({
        target: localVerifiers.id,
        set: {
          lastSeenAt: sql`excluded.last_seen_at`,
          feedSeq: sql`excluded.feed_seq`,
          feedGaps: sql`excluded.feed_gaps`,
        },
        setWhere: sql`${localVerifiers.lastSeenAt} <= excluded.last_seen_at and ${localVerifiers.serviceTokenId} = excluded.service_token_id`,
      });
  }
}

/** The rows without new ones of service tokens at their limit. Two verifiers at once may exceed the limit a little. */
async function withinLimits(tx: Tx, rows: LocalVerifierRow[]): Promise<LocalVerifierRow[]> {
  const { localVerifiers } = tx.t;
  const known = new Set<string>();
  for (const some of batches(rows.map(({ id }) => id))) {
    const found = await tx.q
      .select({ id: localVerifiers.id })
      .from(localVerifiers)
      .where(inArray(localVerifiers.id, some));
    for (const { id } of found) known.add(id);
  }
  const remaining = new Map<string, number>();
  const admitted: LocalVerifierRow[] = [];
  for (const row of rows) {
    if (!known.has(row.id)) {
      const left = remaining.get(row.serviceTokenId) ?? (await countRemaining(tx, row));
      remaining.set(row.serviceTokenId, left - 1);
      if (left <= 0) continue;
    }
    admitted.push(row);
  }
  return admitted;
}

/** How many services can be added for the token of `row`. Removes silent ones if there are too many. */
async function countRemaining({ q, t: { localVerifiers } }: Tx, row: LocalVerifierRow): Promise<number> {
  const ofToken = eq(localVerifiers.serviceTokenId, row.serviceTokenId);
  const left = async () => {
    const [listed] = await q.select({ n: count() }).from(localVerifiers).where(ofToken);
    return MAX_LISTED_PER_TOKEN - (listed?.n ?? 0);
  };
  const remaining = await left();
  if (remaining > 0) return remaining;
  await q
    .delete(localVerifiers)
    .where(and(ofToken, lt(localVerifiers.lastSeenAt, row.lastSeenAt - SILENT_MS)));
  return left();
}

function batches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, at) =>
    items.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}
