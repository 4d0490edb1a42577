import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import type { ProjectRef } from "./schema.ts";

/** Whether someone has seen that a key of the project works (`POST /api/v1/keys/try`). */
export async function hasTriedKey({ ctx, input }: Verb<ProjectRef>): Promise<boolean> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { projects } = scope.t;
  const [row] = await scope.q
    .select({ triedAt: projects.triedAt })
    .from(projects)
    .where(eq(projects.id, input.projectId));
  return row !== undefined && row.triedAt !== null;
}

/** Records the first time. Later calls only read, because visitors can cause them. */
export async function recordTriedKey(db: Db, projectId: string, nowMs: number): Promise<void> {
  const { q, t } = db.read;
  const isFirst = and(eq(t.projects.id, projectId), isNull(t.projects.triedAt));
  if ((await q.$count(t.projects, isFirst)) === 0) return;
  await db.write((tx) => tx.q.update(tx.t.projects).set({ triedAt: nowMs }).where(isFirst));
}
