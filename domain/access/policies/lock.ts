import { hasApplicationRestriction } from "#core/restrictions/kinds.ts";
import { SET_FAULTS } from "#core/restrictions/messages.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { Scope } from "#db/open.ts";
import { invalid } from "../../errors.ts";
import { readPolicies } from "./read.ts";

/**
 * Applies the site's policies to a key. Throws `invalid` if a live key would have no application restriction. A key
 * that had none before is exempt, so that it can still be changed.
 */
export async function requirePolicies(
  scope: Scope,
  {
    environment,
    after,
    before,
  }: { environment: Environment; after: Restrictions; before: Restrictions | null },
): Promise<void> {
  if (environment !== "live" || hasApplicationRestriction(after)) return;
  if (before !== null && !hasApplicationRestriction(before)) return;
  if (!(await readPolicies(scope)).liveKeysNeedApplicationRestriction) return;
  throw invalid("restrictions", SET_FAULTS.policy.message);
}
