import { and, eq, gt, isNull, lt, min, or } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import { sumUsage, usageStore } from "#engine/usage/store.ts";
import { type StatementCheckpoint, type StatementClock, whileClaimed } from "./claim.ts";
import {
  type ClosedMonths,
  readClosedMonths,
  recordAllMonthsClosed,
  recordMonthClosed,
} from "./closed-months.ts";
import { LATE_MONTHS } from "./compute.ts";
import { type CalendarMonth, lastEndedMonth, monthAt, monthBefore } from "./months.ts";
import { storeStatement } from "./store.ts";

/**
 * Stores the statements of all months that closed and have none: of every project with usage in the last three months,
 * with a plan, or with a statement of the month before. Run it often, in every portal: only the one with the claim
 * works. Can be interrupted and repeated: a stored statement stays as it is. Returns how many were stored.
 */
export async function closeStatements({ db, now }: StatementClock): Promise<number> {
  // Nearly always; then no write transaction is needed.
  if (isComplete(await readClosedMonths(db.read), now())) return 0;
  const stored = await whileClaimed({ db, now }, (checkpoint) => closeMonths(db, now(), checkpoint));
  return stored ?? 0;
}

/** Whether every month that can be closed is. */
function isComplete(closed: ClosedMonths | null, nowMs: number): boolean {
  return closed !== null && closed.first === 0 && closed.last >= lastEndedMonth(nowMs).start;
}

async function closeMonths(db: Db, nowMs: number, checkpoint: StatementCheckpoint): Promise<number> {
  let stored = 0;
  for (const month of await monthsToClose(db.read, nowMs)) {
    // Until then, some of the usage can't be read.
    if (!(await usageStore().isDelivered(db))) return stored;
    stored += await closeMonth(db, month, { nowMs, checkpoint });
    await recordMonthClosed(db, month);
  }
  await recordAllMonthsClosed(db);
  return stored;
}

/**
 * The months since the last closed one, oldest first. Then those before the first closed one, newest first, back to the
 * first project: earlier versions closed the last 24 months only.
 */
async function monthsToClose(scope: Scope, nowMs: number): Promise<CalendarMonth[]> {
  const closed = await readClosedMonths(scope);
  const newest = lastEndedMonth(nowMs);
  const oldest = (await firstMonth(scope)) ?? newest;
  const newer: CalendarMonth[] = [];
  const begin = closed === null ? Math.min(oldest.start, newest.start) : closed.last + 1;
  for (let month = newest; month.start >= begin; month = monthBefore(month)) newer.unshift(month);
  const older: CalendarMonth[] = [];
  for (let start = closed?.first ?? 0; start > oldest.start; ) {
    const month = monthBefore({ start });
    older.push(month);
    start = month.start;
  }
  return [...newer, ...older];
}

/** The month of the first project, before which nothing was counted; null without a project. */
async function firstMonth({ q, t: { projects } }: Scope): Promise<CalendarMonth | null> {
  const [row] = await q.select({ createdAt: min(projects.createdAt) }).from(projects);
  return row?.createdAt == null ? null : monthAt(Number(row.createdAt));
}

async function closeMonth(
  db: Db,
  month: CalendarMonth,
  { nowMs, checkpoint }: { nowMs: number; checkpoint: StatementCheckpoint },
): Promise<number> {
  const { statements } = db.read.t;
  const done = await db.read.q
    .select({ id: statements.projectId })
    .from(statements)
    .where(eq(statements.month, month.name));
  const isDone = new Set(done.map(({ id }) => id));
  let stored = 0;
  for (const [id, name] of await projectsOf(db.read, month)) {
    if (isDone.has(id)) continue;
    // A portal that took over may have closed the month meanwhile.
    if (!(await storeStatement(db, { id, name }, month, nowMs))) return stored;
    stored++;
    await checkpoint();
  }
  return stored;
}

/** Names by id. */
async function projectsOf(scope: Scope, month: CalendarMonth): Promise<Map<string, string>> {
  const { projects, statements, subscriptions } = scope.t;
  const used = await sumUsage(scope, {
    by: ["projectId"],
    sums: ["checks"],
    // Also of the months whose late usage the statement contains.
    buckets: [{ interval: "day", from: monthBefore(month, LATE_MONTHS).start, to: month.end }],
    where: { code: ["VALID"] },
    onlyKnown: true,
  });
  const subscribed = await scope.q
    .selectDistinct({ projectId: subscriptions.projectId })
    .from(subscriptions)
    .where(
      and(
        lt(subscriptions.startsAt, month.end),
        or(isNull(subscriptions.endsAt), gt(subscriptions.endsAt, month.start)),
      ),
    );
  const before = await scope.q
    .select({ projectId: statements.projectId })
    .from(statements)
    .where(eq(statements.month, monthBefore(month).name));
  const ids = new Set([...used, ...subscribed, ...before].map(({ projectId }) => projectId));
  const rows = await scope.q.select({ id: projects.id, name: projects.name }).from(projects);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return new Map([...ids].sort().map((id) => [id, names.get(id) ?? id]));
}
