import { inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";

export type LocalVerifierRow = Tables["localVerifiers"]["$inferInsert"];

/** What services that verify keys in their own process reported last. */
export interface LocalReports {
  running: LocalVerifierRow[];
  /** Ids of those that don't answer locally any more. */
  ended: string[];
}

/** Stores reports. One never replaces a newer one. */
export async function storeLocalVerifiers(tx: Tx, { running, ended }: LocalReports): Promise<void> {
  const { localVerifiers } = tx.t;
  for (let at = 0; at < ended.length; at += 500)
    await tx.q.delete(localVerifiers).where(inArray(localVerifiers.id, ended.slice(at, at + 500)));
  // In the same order everywhere, so that two verifiers can't deadlock.
  const ordered = running.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (let at = 0; at < ordered.length; at += 500) {
    await tx.q
      .insert(localVerifiers)
      .values(ordered.slice(at, at + 500))
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
