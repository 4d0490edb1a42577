import { and, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import { sumUsage, usageStore } from "#engine/usage/store.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { isClosed, lockClosing, noteClosed, readClosedMonths } from "./closed.ts";
import { computeLines, LATE_MONTHS } from "./compute.ts";
import { type CalendarMonth, monthAt, monthBefore } from "./months.ts";

/** The first run closes so many months. */
const FIRST_MONTHS = 24;

/**
 * Stores the statements of the months that closed since the last run, oldest first: of every project with usage in the
 * last three months, with a plan, or with a statement of the month before. Can be interrupted and repeated: a stored statement stays as it is.
 * Returns how many were stored.
 */
export async function closeStatements(db: Db, nowMs: number): Promise<number> {
  const last = (await readClosedMonths(db.read))?.last ?? null;
  let stored = 0;
  for (const month of monthsToClose(last, nowMs)) {
    // Until then, some of the usage can't be read.
    if (!(await usageStore(db.read).isDelivered(db))) return stored;
    stored += await closeMonth(db, month, nowMs);
    await noteClosed(db, month);
  }
  return stored;
}

/** Those that are over for long enough, oldest first. */
function monthsToClose(last: number | null, nowMs: number): CalendarMonth[] {
  const months: CalendarMonth[] = [];
  const current = monthAt(nowMs);
  for (let back = FIRST_MONTHS; back > 0; back--) {
    const month = monthBefore(current, back);
    if (month.closesAt <= nowMs && (last === null || month.start > last)) months.push(month);
  }
  return months;
}

async function closeMonth(db: Db, month: CalendarMonth, nowMs: number): Promise<number> {
  const { statements } = db.read.t;
  const done = await db.read.q
    .select({ id: statements.projectId })
    .from(statements)
    .where(eq(statements.month, month.name));
  const isDone = new Set(done.map(({ id }) => id));
  let stored = 0;
  for (const [projectId, projectName] of await projectsOf(db.read, month)) {
    if (isDone.has(projectId)) continue;
    const lines = await computeLines(db.read, projectId, month, nowMs);
    const isOpen = await db.write(async (tx) => {
      await lockClosing(tx);
      // Another portal may have closed it meanwhile: since then, a project without a statement has an empty one.
      if (isClosed(await readClosedMonths(tx), month)) return false;
      await tx.q
        .insert(statements)
        .values({ projectId, month: month.name, projectName, closedAt: nowMs, lines })
        .onConflictDoNothing();
      return true;
    });
    if (!isOpen) return stored;
    stored++;
    await yieldToEventLoop();
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
