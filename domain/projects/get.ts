import type { z } from "zod";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { presentProject } from "./present.ts";
import type { projectInput } from "./schemas.ts";
import type { Project } from "./types.ts";

/** One project, and the asker's role in it. */
export async function getProject({ ctx, input }: Verb<z.output<typeof projectInput>>): Promise<Project> {
  return presentProject(await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer"));
}
