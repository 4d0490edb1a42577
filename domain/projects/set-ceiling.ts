import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { notifyNewQuota } from "../keys/limits/quota.ts";
import { storedLimits } from "../keys/limits/schema.ts";
import { presentProject } from "./list.ts";
import type { Project, SetCeilingInput } from "./schema.ts";

/** Sets the maximum limits of a project, which its owners can't exceed. Takes effect within a second. Administrators only. */
export async function setCeiling({ ctx, input }: Verb<SetCeilingInput>): Promise<Project> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const access = await lockProject(tx, ctx, input.projectId, "owner");
    const ceiling = storedLimits(input.ceiling);
    const before = access.project.ceiling;
    if (isDeepStrictEqual(before, ceiling)) return presentProject(access);
    const project = { ...access.project, ceiling };
    await tx.q.update(tx.t.projects).set({ ceiling }).where(eq(tx.t.projects.id, project.id));
    const subject = { id: project.id, name: project.name };
    await recordChange(tx, { kind: "project", subject: project.id }, ctx.now());
    await recordAudit(tx, ctx, {
      action: "project.ceiling-set",
      projectId: project.id,
      subject,
      before: { ceiling: before },
      after: { ceiling },
    });
    await notifyNewQuota(tx, ctx, ceiling, { scope: "ceiling", projectId: project.id, subject });
    return presentProject({ ...access, project });
  });
}
