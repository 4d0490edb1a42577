import { newId } from "#core/ids.ts";
import { lockActiveUser } from "../access/accounts/step-up.ts";
import { recordAudit } from "../audit/record.ts";
import { enforceMaxProjects } from "../bounds.ts";
import { requireUser, type Verb } from "../context.ts";
import { notify, WEBHOOKS_ONLY } from "../notifications/notify.ts";
import { presentProject } from "./list.ts";
import type { CreateProjectInput, Project } from "./schema.ts";

/** Creates a project, owned by the user. */
export async function createProject({ ctx, input }: Verb<CreateProjectInput>): Promise<Project> {
  const user = requireUser(ctx);
  const now = ctx.now();
  const project = {
    id: newId("project"),
    name: input.name,
    createdAt: now,
    suspendedAt: null,
    limits: null,
    ceiling: null,
  };
  return ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    await enforceMaxProjects(tx, ctx, user.userId);
    await tx.q.insert(tx.t.projects).values({ ...project, createdBy: user.userId });
    await tx.q
      .insert(tx.t.memberships)
      .values({ projectId: project.id, userId: user.userId, role: "owner", createdAt: now });
    ctx.created?.({ kind: "project", id: project.id, name: project.name, hint: "", projectId: project.id });
    await recordAudit(tx, ctx, {
      action: "project.created",
      projectId: project.id,
      subject: project,
      after: { name: project.name },
    });
    await notify(tx, ctx, {
      kind: "project.created",
      projectId: project.id,
      subject: project,
      channels: WEBHOOKS_ONLY,
    });
    return presentProject({ project, role: "owner" });
  });
}
