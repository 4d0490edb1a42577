import { iso, isoOrNull } from "#core/time.ts";
import { readKeyRules } from "../../../access/policies/key-rules.ts";
import { requireProjectRole } from "../../../access/project-access.ts";
import type { Verb } from "../../../context.ts";
import { mustFindKey } from "../../find.ts";
import type { KeyRef } from "../../schema.ts";
import { readExemption } from "./exempt.ts";
import type { KeyRuleState } from "./schema.ts";
import { brokenRules } from "./step.ts";

/** Which rules a key breaks, what happens to it because of that, and whether it is exempt. */
export async function getKeyRuleState({ ctx, input }: Verb<KeyRef>): Promise<KeyRuleState> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const key = await mustFindKey(scope, input);
  const exemption = await readExemption(scope, key.id, ctx.now());
  const rules = await readKeyRules(scope, key.projectId);
  return {
    broken: [...new Set(rules.flatMap((rule) => brokenRules(rule, key)))],
    endsAt: exemption === null && key.rulesNotifiedAt !== null ? isoOrNull(key.rulesEndAt) : null,
    exemption: exemption && {
      reason: exemption.reason,
      until: iso(exemption.until),
      by: exemption.createdByName,
    },
  };
}
