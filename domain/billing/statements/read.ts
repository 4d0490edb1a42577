import { and, eq } from "drizzle-orm";
import { totalOf } from "#core/plans/statement.ts";
import { iso } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import { usageStore } from "#engine/usage/store.ts";
import { requireProjectRoleOrDeleted } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { type ClosedMonths, isClosed, readClosedMonths } from "./closed-months.ts";
import { computeLines } from "./compute.ts";
import { type CalendarMonth, isMonth, monthAt, monthBefore, monthNamed } from "./months.ts";
import type { ReadStatementInput, Statement } from "./schema.ts";
import { storeStatement } from "./store.ts";

/**
 * A project's requests and units of a month by API, plan and operation, with what the plans say that they cost. As stored
 * if the month is closed, otherwise as counted now. Closes the month and the open ones before it if the job has not yet.
 * Administrators read those of deleted projects too: the last months may still have to be billed.
 */
export async function readStatement({ ctx, input }: Verb<ReadStatementInput>): Promise<Statement> {
  const scope = ctx.db.read;
  const { project } = await requireProjectRoleOrDeleted(scope, ctx, input.projectId, "viewer");
  if (!isMonth(input.month)) throw invalid("month", "Enter a month such as 2026-11.");
  const month = monthNamed(input.month);
  const now = ctx.now();
  if (month.start > now) throw invalid("month", "Choose a month that has begun.");
  const stored = await findStatement(scope, project.id, month.name);
  if (stored !== null) return present(project.id, month, { ...stored, status: "closed" });
  if (await closeFor(ctx.db, project, month, now)) {
    const closed = await findStatement(scope, project.id, month.name);
    // Without a stored one, nothing had been counted when it was closed. What is counted later is in the next statement.
    const { projectName, lines } = closed ?? { projectName: project.name, lines: [] };
    return present(project.id, month, { projectName, status: "closed", lines });
  }
  const lines = await computeLines(scope, project.id, month, now);
  return present(project.id, month, { projectName: project.name, status: "provisional", lines });
}

/** Whether the project's month is closed, closing it if it is time to. */
async function closeFor(
  db: Db,
  project: { id: string; name: string; createdAt: number },
  month: CalendarMonth,
  nowMs: number,
): Promise<boolean> {
  const closed = await readClosedMonths(db.read);
  if (isClosed(closed, month)) return true;
  if (nowMs < month.closesAt) return false;
  // Nothing can have been counted: there is nothing to store.
  if (month.end <= project.createdAt) return true;
  // Until then, some of the usage can't be read.
  if (!(await usageStore().isDelivered(db))) return false;
  for (const open of openMonths(project, month, closed)) await storeStatement(db, project, open, nowMs);
  return true;
}

/**
 * The month, after the project's open months before it: otherwise their statements, which the job stores later, would
 * contain the same late usage.
 */
function openMonths(
  { createdAt }: { createdAt: number },
  month: CalendarMonth,
  closed: ClosedMonths | null,
): CalendarMonth[] {
  const first = Math.max(monthAt(createdAt).start, closed === null ? 0 : closed.last + 1);
  const months = [month];
  for (let open = monthBefore(month); open.start >= first; open = monthBefore(open)) months.unshift(open);
  return months;
}

/** The stored statement of a closed month; null if there is none. */
async function findStatement({ q, t: { statements } }: Scope, projectId: string, month: string) {
  const [row] = await q
    .select()
    .from(statements)
    .where(and(eq(statements.projectId, projectId), eq(statements.month, month)));
  return row ?? null;
}

function present(
  projectId: string,
  month: CalendarMonth,
  { projectName, status, lines }: Pick<Statement, "projectName" | "status" | "lines">,
): Statement {
  return {
    projectId,
    projectName,
    month: month.name,
    status,
    closesAt: iso(month.closesAt),
    lines,
    total: totalOf(lines),
  };
}
