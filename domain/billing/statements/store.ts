import type { Db } from "#db/open.ts";
import { isClosed, lockClosing, readClosedMonths } from "./closed-months.ts";
import { computeLines } from "./compute.ts";
import type { CalendarMonth } from "./months.ts";

/**
 * Stores the statement of a project as the month is counted now; a stored one stays as it is. Returns false if the month
 * is closed for all projects: then a project without a statement has an empty one, and what was counted since is late.
 */
export async function storeStatement(
  db: Db,
  project: { id: string; name: string },
  month: CalendarMonth,
  nowMs: number,
): Promise<boolean> {
  const lines = await computeLines(db.read, project.id, month, nowMs);
  return db.write(async (tx) => {
    await lockClosing(tx);
    if (isClosed(await readClosedMonths(tx), month)) return false;
    await tx.q
      .insert(tx.t.statements)
      .values({
        projectId: project.id,
        month: month.name,
        projectName: project.name,
        closedAt: nowMs,
        lines,
      })
      .onConflictDoNothing();
    return true;
  });
}
