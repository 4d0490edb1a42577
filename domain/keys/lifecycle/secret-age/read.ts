import { eq } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { SecretAgePolicy } from "#db/tables/projects.ts";
import { readPolicies } from "../../../access/policies/read.ts";
import { requireProjectRole } from "../../../access/project-access.ts";
import type { Verb } from "../../../context.ts";
import type { ProjectRef } from "../../../projects/schema.ts";
import type { SecretAges } from "./schema.ts";

/** The maximum secret ages that apply to a project. */
export async function readSecretAge({ ctx, input }: Verb<ProjectRef>): Promise<SecretAges> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { secretAge } = await readPolicies(scope);
  return { site: secretAge, project: await projectRule(scope, input.projectId) };
}

/** The project's own rule. */
export async function projectRule(
  { q, t: { projects } }: Scope,
  projectId: string,
): Promise<SecretAgePolicy | null> {
  const [row] = await q.select({ rule: projects.secretAge }).from(projects).where(eq(projects.id, projectId));
  return row?.rule ?? null;
}
