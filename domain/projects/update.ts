import { eq } from "drizzle-orm";
import type { z } from "zod";
import { requireProjectRole } from "../access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { presentProject } from "./present.ts";
import type { updateProjectInput } from "./schemas.ts";
import type { Project } from "./types.ts";

/** Renames a project. */
export async function updateProject({
  ctx,
  input,
}: Verb<z.output<typeof updateProjectInput>>): Promise<Project> {
  return ctx.db.write(async (tx) => {
    const access = await requireProjectRole(ctx, tx, input.projectId, "owner");
    if (access.project.name === input.name) return presentProject(access);
    await tx.q.update(tx.t.projects).set({ name: input.name }).where(eq(tx.t.projects.id, input.projectId));
    const project = { ...access.project, name: input.name };
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
