import { and, asc, eq } from "drizzle-orm";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import { countLiveKeys } from "./list.ts";
import { presentProject } from "./present.ts";
import type { ProjectRef } from "./schema.ts";
import type { ProjectDetail } from "./types.ts";

/** One project, the user's role in it, and whom to ask for more access. */
export async function getProject({ ctx, input }: Verb<ProjectRef>): Promise<ProjectDetail> {
  const access = await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const owners = await q
    .select({ id: t.users.id, name: t.users.name })
    .from(t.memberships)
    .innerJoin(t.users, eq(t.users.id, t.memberships.userId))
    .where(and(eq(t.memberships.projectId, input.projectId), eq(t.memberships.role, "owner")))
    .orderBy(asc(t.memberships.createdAt));
  const liveKeys = await countLiveKeys(ctx.db.read, [input.projectId]);
  const members = await q.$count(t.memberships, eq(t.memberships.projectId, input.projectId));
  return { ...presentProject(access), owners, liveKeys: liveKeys.get(input.projectId) ?? 0, members };
}
