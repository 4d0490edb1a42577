import { sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";

/** On Postgres: how many transactions wait for another's lock now. */
export async function waitingForLocks({ read: { q } }: Db): Promise<number> {
  const rows = await q
    .select({ pid: sql<number>`pid` })
    .from(sql`pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  return rows.length;
}
