import { sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";

/** The number of Postgres transactions that wait for a lock. */
export async function waitingForLocks({ read: { q } }: Db): Promise<number> {
  const rows = await q
    .select({ pid: sql<number>`pid` })
    .from(sql`pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  return rows.length;
}
