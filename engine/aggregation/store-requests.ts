import { desc, eq, gt, sql } from "drizzle-orm";
import type { Db, Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { RequestRow } from "./aggregate-requests.ts";
import { jsonRows } from "./json-rows.ts";

/** Kept are a project's newest requests, and beyond these some of each key, so that a busy key can't displace others. */
export const MAX_REQUESTS = { newest: 1_000, perKey: 100, perProject: 10_000 };
/** Rows per transaction: few enough that other writers don't wait long. */
const MAX_ROWS_PER_TRANSACTION = 2_000;

const TEXT = "text" as const;
const KINDS = [TEXT, TEXT, TEXT, TEXT, TEXT, "number", TEXT, TEXT, TEXT, TEXT, "json", "json"] as const;

export async function storeRequests(tx: Tx, rows: RequestRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.q
    .insert(tx.t.requests)
    .select(jsonRows(tx, rows, KINDS))
    .onConflictDoNothing();
}

/** Trims the lists that have grown since an instant. Each write is bounded, so they need no trimming in between. */
export async function trimRequests(db: Db, sinceMs: number): Promise<void> {
  const { requests } = db.read.t;
  const grown = await db.read.q
    .select({ projectId: requests.projectId })
    .from(requests)
    .groupBy(requests.projectId)
    .having(sql`count(*) > ${MAX_REQUESTS.newest} and max(${requests.at}) >= ${sinceMs}`);
  for (const { projectId } of grown) {
    const ids = await surplusOf(db.read, projectId);
    for (let at = 0; at < ids.length; at += MAX_ROWS_PER_TRANSACTION) {
      const some = ids.slice(at, at + MAX_ROWS_PER_TRANSACTION);
      await db.write(({ q, t }) => q.delete(t.requests).where(oneOf(db, t.requests.id, some)));
    }
  }
}

/** The ids of requests that are not among the newest of their project, nor among the newest of their key. */
async function surplusOf({ q, t: { requests } }: Scope, projectId: string): Promise<string[]> {
  const newestFirst = sql`${desc(requests.at)}, ${desc(requests.id)}`;
  const ranked = q
    .select({
      id: requests.id,
      rank: sql<number>`row_number() over (order by ${newestFirst})`.as("rank"),
      keyRank: sql<number>`row_number() over (partition by ${requests.keyId} order by ${newestFirst})`.as(
        "key_rank",
      ),
    })
    .from(requests)
    .where(eq(requests.projectId, projectId))
    .as("ranked");
  const { newest, perKey, perProject } = MAX_REQUESTS;
  const rows = await q
    .select({ id: ranked.id })
    .from(ranked)
    .where(
      sql`${gt(ranked.rank, perProject)} or (${gt(ranked.rank, newest)} and ${gt(ranked.keyRank, perKey)})`,
    );
  return rows.map(({ id }) => id);
}
