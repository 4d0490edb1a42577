import { eq } from "drizzle-orm";
import { hasApplicationRestriction } from "#core/restrictions/kinds.ts";
import { SET_ERRORS } from "#core/restrictions/messages.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { Scope } from "#db/open.ts";
import { requireUser, SITE, type Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import type { KeyRules, Policies } from "./schema.ts";

/** Nothing is required of keys or users, and nothing is disabled. */
const DEFAULTS: Policies = {
  liveKeysNeedApplicationRestriction: false,
  secretAge: null,
  unusedKeys: { warnDays: null, disableDays: null, revokeDays: null },
  leakedKeys: { live: "tell", test: "tell" },
  managementTokens: { maxDays: 365 },
  secondFactor: "optional",
  keyRules: {
    maxLifeDays: { live: null, test: null },
    expiryRequired: false,
    namePattern: null,
    descriptionRequired: false,
    externalIdRequired: false,
    approvalRequired: false,
    existingKeys: "keep",
    noticeDays: 30,
  },
};

/** The site's current policies. */
export async function readPolicies({ q, t }: Scope): Promise<Policies> {
  const [row] = await q
    .select({ value: t.policies.value })
    .from(t.policies)
    .where(eq(t.policies.name, SITE.id));
  return policiesIn(row?.value);
}

/** The policies in the value of the site's row; undefined if there is none. */
export function policiesIn(stored: Record<string, unknown> | null | undefined): Policies {
  // Fields of a later version are absent in stored rules.
  const keyRules = { ...DEFAULTS.keyRules, ...(stored?.keyRules as Partial<KeyRules> | undefined) };
  return { ...DEFAULTS, ...stored, keyRules };
}

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
  throw invalid("restrictions", SET_ERRORS.policy.message);
}

/** The site's policies. Everyone can read them, because they apply to everyone. */
export async function getPolicies({ ctx }: Verb<object>): Promise<Policies> {
  requireUser(ctx);
  return readPolicies(ctx.db.read);
}
