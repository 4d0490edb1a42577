import { and, eq, isNull } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { lockProjectKeys } from "../keys/find.ts";
import { notify, WEBHOOKS_ONLY } from "../notifications/notify.ts";
import { presentProject } from "./list.ts";
import type { Project, SuspendProjectInput } from "./schema.ts";

type Input = Verb<SuspendProjectInput>;

/** Suspends a project: within a second, its keys are denied with `PROJECT_SUSPENDED`. Administrators only. */
export function suspendProject(call: Input): Promise<Project> {
  return setSuspended(call, true);
}

/** Resumes a project: its keys work as before, and their unused time counts from now. Administrators only. */
export function resumeProject(call: Input): Promise<Project> {
  return setSuspended(call, false);
}

async function setSuspended({ ctx, input }: Input, suspended: boolean): Promise<Project> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const access = await lockProject(tx, ctx, input.projectId, "viewer");
    const { project } = access;
    if ((project.suspendedAt !== null) === suspended) return presentProject(access);
    const suspendedAt = suspended ? ctx.now() : null;
    const { keys, projects } = tx.t;
    await tx.q.update(projects).set({ suspendedAt }).where(eq(projects.id, project.id));
    // Nobody could use them during the suspension.
    if (!suspended) {
      await lockProjectKeys(tx, project.id);
      await tx.q
        .update(keys)
        .set({ activeSince: ctx.now() })
        .where(and(eq(keys.projectId, project.id), isNull(keys.revokedAt)));
    }
    await recordChange(tx, { kind: "project", subject: project.id }, ctx.now());
    await recordAudit(tx, ctx, {
      action: suspended ? "project.suspended" : "project.resumed",
      projectId: project.id,
      subject: project,
      ...(input.reason ? { after: { reason: input.reason } } : {}),
    });
    await notify(tx, ctx, {
      kind: suspended ? "project.suspended" : "project.resumed",
      projectId: project.id,
      subject: project,
      data: { reason: input.reason ?? null },
      channels: WEBHOOKS_ONLY,
    });
    return presentProject({ ...access, project: { ...project, suspendedAt } });
  });
}
