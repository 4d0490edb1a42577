import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { isLooserSecretAge } from "../../../access/policies/loosened.ts";
import { readPolicies } from "../../../access/policies/read.ts";
import { lockProject } from "../../../access/project-access.ts";
import { recordAudit } from "../../../audit/record.ts";
import { denyManagementTokens, type Verb } from "../../../context.ts";
import { projectRule } from "./read.ts";
import type { SecretAges, SetSecretAgeInput } from "./schema.ts";

/**
 * Sets a project's maximum secret age. It is checked once a day; nothing is disabled immediately. Throws `forbidden` for
 * a management token that would loosen it, as for the site's policies.
 */
export async function setSecretAge({ ctx, input }: Verb<SetSecretAgeInput>): Promise<SecretAges> {
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const before = await projectRule(tx, project.id);
    if (!isDeepStrictEqual(before, input.rule)) {
      if (isLooserSecretAge(before, input.rule)) denyManagementTokens(ctx);
      await tx.q.update(tx.t.projects).set({ secretAge: input.rule }).where(eq(tx.t.projects.id, project.id));
      await recordAudit(tx, ctx, {
        action: "project.secret-age-set",
        projectId: project.id,
        subject: project,
        before: { secretAge: before },
        after: { secretAge: input.rule },
      });
    }
    const { secretAge } = await readPolicies(tx);
    return { site: secretAge, project: input.rule };
  });
}
