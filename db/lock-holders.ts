import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { formatWait } from "#core/format.ts";

/** A session waits half a second or longer, and what blocks it can be read only meanwhile. */
const POLL_MS = 100;

/** A session that holds a lock for which another waits. */
interface LockHolder {
  pid: number;
  /** What the session calls itself, or "". */
  application: string;
  /** How long its transaction has lasted, ms; null if the database does not show that to this user. */
  transactionMs: number | null;
}

/**
 * The sessions for which `waiting` was last seen to wait while `work` was done; none if it did not wait. It has the
 * process id 0 until it is known. Their queries are not read, because they may contain personal data.
 */
export async function lockHoldersDuring(
  work: Promise<unknown>,
  client: pg.Client,
  waiting: { readonly pid: number },
): Promise<LockHolder[]> {
  let last: LockHolder[] = [];
  const isDone = work.then(
    () => true,
    () => true,
  );
  do {
    // Without an answer, they stay unknown.
    const holders = await lockHolders(client, waiting.pid).catch(() => []);
    if (holders.length > 0) last = holders;
  } while (!(await Promise.race([isDone, sleep(POLL_MS, false)])));
  return last;
}

async function lockHolders(client: pg.Client, waiting: number): Promise<LockHolder[]> {
  const { rows } = await client.query<LockHolder>(
    `select pid, coalesce(application_name, '') as application,
        (extract(epoch from clock_timestamp() - xact_start) * 1000)::float8 as "transactionMs"
      from unnest(pg_blocking_pids($1)) as holder(pid) left join pg_stat_activity using (pid) order by pid`,
    [waiting],
  );
  return rows;
}

/** Such as `process 4711 ("pg_dump", in a transaction for 3 minutes)`. */
export function describeLockHolder({ pid, application, transactionMs }: LockHolder): string {
  // A prepared transaction has no session.
  if (pid === 0) return "a prepared transaction";
  const facts = [
    ...(application === "" ? [] : [`"${application}"`]),
    ...(transactionMs === null
      ? []
      : [`in a transaction for ${formatWait(Math.ceil(Math.max(0, transactionMs) / 1_000))}`]),
  ];
  return `process ${pid}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
}
