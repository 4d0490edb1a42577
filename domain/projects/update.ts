import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { notifyNewQuota } from "../keys/limits/quota.ts";
import { storedLimits } from "../keys/limits/schema.ts";
import { presentProject } from "./list.ts";
import type { Project, UpdateProjectInput } from "./schema.ts";

/** Renames a project, or sets the limits of all its keys together. */
export async function updateProject({ ctx, input }: Verb<UpdateProjectInput>): Promise<Project> {
  return ctx.db.write(async (tx) => {
    const access = await lockProject(tx, ctx, input.projectId, "owner");
    const { name, limits } = access.project;
    const before = { name, limits };
    const after = {
      name: input.name ?? name,
      limits: input.limits === undefined ? limits : storedLimits(input.limits),
    };
    if (isDeepStrictEqual(before, after)) return presentProject(access);
    await tx.q.update(tx.t.projects).set(after).where(eq(tx.t.projects.id, input.projectId));
    const project = { ...access.project, ...after };
    const subject = { id: project.id, name: project.name };
    const trace = { projectId: project.id, subject };
    if (before.name !== after.name) {
      const change = { before: { name: before.name }, after: { name: after.name } };
      await recordAudit(tx, ctx, { action: "project.renamed", ...trace, ...change });
    }
    if (!isDeepStrictEqual(before.limits, after.limits)) {
      await recordChange(tx, { kind: "project", subject: project.id }, ctx.now());
      const change = { before: { limits: before.limits }, after: { limits: after.limits } };
      await recordAudit(tx, ctx, { action: "project.limited", ...trace, ...change });
      await notifyNewQuota(tx, ctx, after.limits, { scope: "project", ...trace });
    }
    return presentProject({ ...access, project });
  });
}
