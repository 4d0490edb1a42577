import { eq } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { SecretAgeRule } from "#db/tables/projects.ts";
import { readPolicies } from "../../../access/policies/read.ts";
import { requireProjectRole } from "../../../access.ts";
import type { Verb } from "../../../context.ts";
import type { ProjectRef } from "../../../projects/schema.ts";

/** How old a project's secrets may grow: by the site's rule and by its own. Both hold. */
export interface SecretAges {
  site: SecretAgeRule | null;
  project: SecretAgeRule | null;
}

/** The rules for the age of a project's secrets. */
export async function readSecretAge({ ctx, input }: Verb<ProjectRef>): Promise<SecretAges> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { secretAge } = await readPolicies(scope);
  return { site: secretAge, project: await ownRule(scope, input.projectId) };
}

/** The project's own rule. */
export async function ownRule(
  { q, t: { projects } }: Scope,
  projectId: string,
): Promise<SecretAgeRule | null> {
  const [row] = await q.select({ rule: projects.secretAge }).from(projects).where(eq(projects.id, projectId));
  return row?.rule ?? null;
}
