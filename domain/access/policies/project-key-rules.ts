import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { denyManagementTokens, type Verb } from "../../context.ts";
import type { ProjectRef } from "../../projects/schema.ts";
import { lockProject, requireProjectRole } from "../project-access.ts";
import { mergeKeyRules, readProjectRules } from "./key-rules.ts";
import { isLooserKeyRules } from "./loosened.ts";
import { policiesIn, readPolicies } from "./read.ts";
import type { AppliedKeyRules, KeyRules, SetKeyRulesInput } from "./schema.ts";

/** The rules for the keys of a project: the site's and its own. Both apply. */
export async function getKeyRules({ ctx, input }: Verb<ProjectRef>): Promise<AppliedKeyRules> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  return applied(scope, await readProjectRules(scope, input.projectId));
}

/**
 * Sets a project's own key rules, for keys that are created or changed from now on. Throws `forbidden` for a management token
 * that would loosen them: nobody can ask it for a confirmation of identity.
 */
export async function setKeyRules({ ctx, input }: Verb<SetKeyRulesInput>): Promise<AppliedKeyRules> {
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const before = await readProjectRules(tx, project.id);
    const none = policiesIn(null).keyRules;
    const after = input.rules && mergeKeyRules(before ?? none, input.rules);
    if (!isDeepStrictEqual(before, after)) {
      if (isLooserKeyRules(before ?? none, after ?? none)) denyManagementTokens(ctx);
      await tx.q.update(tx.t.projects).set({ keyRules: after }).where(eq(tx.t.projects.id, project.id));
      await recordAudit(tx, ctx, {
        action: "project.key-rules-set",
        projectId: project.id,
        subject: project,
        before: { keyRules: before },
        after: { keyRules: after },
      });
    }
    return applied(tx, after);
  });
}

async function applied(scope: Scope, project: KeyRules | null): Promise<AppliedKeyRules> {
  const { keyRules } = await readPolicies(scope);
  return { site: keyRules, project };
}
