import { eq } from "drizzle-orm";
import { requireProjectRole } from "../access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { refuseLimits } from "../limits.ts";
import { presentProject } from "./present.ts";
import type { UpdateProjectInput } from "./schemas.ts";
import type { Project } from "./types.ts";

/** Renames a project. Throws `not-supported` for limits, which can't be enforced yet. */
export async function updateProject({ ctx, input }: Verb<UpdateProjectInput>): Promise<Project> {
  refuseLimits(input.limits);
  return ctx.db.write(async (tx) => {
    const access = await requireProjectRole(ctx, tx, input.projectId, "owner");
    const { name = access.project.name } = input;
    if (access.project.name === name) return presentProject(access);
    await tx.q.update(tx.t.projects).set({ name }).where(eq(tx.t.projects.id, input.projectId));
    const project = { ...access.project, name };
    await recordAudit(tx, ctx, {
      action: "project.renamed",
      projectId: project.id,
      subject: project,
      before: { name: access.project.name },
      after: { name: project.name },
    });
    return presentProject({ ...access, project });
  });
}
