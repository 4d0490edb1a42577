import { and, eq, gt, isNull, ne, or, type SQL } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import type { Scope, Tx } from "#db/open.ts";
import { lockProjectRow } from "../access/project-access.ts";
import type { Ctx } from "../context.ts";
import type { ProjectApiIds } from "./subscriptions.ts";

/** Subscriptions per call; the next call continues. */
const BATCH_SIZE = 200;

/**
 * Ends the subscriptions of projects that have not enabled the API: a portal of an older version, which knows no plans,
 * disabled it during an upgrade. Otherwise statements would have the plan's price. Returns how many ended.
 */
export async function endDisabledSubscriptions({ db, now }: Pick<Ctx, "db" | "now">): Promise<number> {
  const ending = await disabledProjectApis(db.read, now());
  for (const projectApi of ending) await db.write((tx) => end(tx, projectApi, now()));
  return ending.length;
}

async function end(tx: Tx, projectApi: ProjectApiIds, nowMs: number): Promise<void> {
  await lockProjectRow(tx, projectApi.projectId);
  const { planRequests, projectApis, subscriptions: s } = tx.t;
  const ofProjectApi = and(eq(s.projectId, projectApi.projectId), eq(s.apiId, projectApi.apiId));
  // It may have been enabled meanwhile.
  if ((await disabledProjectApis(tx, nowMs, ofProjectApi)).length === 0) return;
  await tx.q.delete(s).where(and(ofProjectApi, gt(s.startsAt, nowMs)));
  await tx.q
    .update(s)
    .set({ endsAt: nowMs })
    .where(and(ofProjectApi, or(isNull(s.endsAt), gt(s.endsAt, nowMs))));
  const [access] = await tx.q
    .select({ status: projectApis.status })
    .from(projectApis)
    .where(and(eq(projectApis.projectId, projectApi.projectId), eq(projectApis.apiId, projectApi.apiId)));
  if (!access) {
    await tx.q
      .delete(planRequests)
      .where(and(eq(planRequests.projectId, projectApi.projectId), eq(planRequests.apiId, projectApi.apiId)));
  }
  await recordChange(tx, { kind: "project", subject: projectApi.projectId }, nowMs);
}

/** Projects and APIs with an open subscription that are not enabled. */
function disabledProjectApis({ q, t }: Scope, nowMs: number, condition?: SQL): Promise<ProjectApiIds[]> {
  const { projectApis, subscriptions: s } = t;
  return q
    .selectDistinct({ projectId: s.projectId, apiId: s.apiId })
    .from(s)
    .leftJoin(projectApis, and(eq(projectApis.projectId, s.projectId), eq(projectApis.apiId, s.apiId)))
    .where(
      and(
        or(isNull(s.endsAt), gt(s.endsAt, nowMs)),
        or(isNull(projectApis.projectId), ne(projectApis.status, "enabled")),
        condition,
      ),
    )
    .limit(BATCH_SIZE);
}
