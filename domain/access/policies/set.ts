import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, isByToken, requireAdmin, requireUser, SITE, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { hasSecondFactor } from "../accounts/factors/second-factor.ts";
import { mergeKeyRules } from "./key-rules.ts";
import { loosenedPolicies, SECOND_FACTOR_STRICTNESS } from "./loosened.ts";
import { readPolicies } from "./read.ts";
import type { Policies, SecondFactorPolicy, SetPoliciesInput } from "./schema.ts";

/**
 * Changes the site's policies. Existing keys stay as they are: they are listed, not disabled. Sessions of users who must
 * have a second factor and have none can only set one up from now on. Throws `conflict` if the administrator who
 * requires a second factor has none, and `forbidden` for a management token that would loosen a policy: nobody can ask
 * a token for a confirmation of identity (docs/operate/accounts.md).
 */
export async function setPolicies({ ctx, input }: Verb<SetPoliciesInput>): Promise<Policies> {
  requireAdmin(ctx);
  const { userId } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    await lockPolicies(tx, { updatedAt: ctx.now(), updatedBy: userId });
    const before = await readPolicies(tx);
    const after: Policies = {
      // What a later version stored, while both run during an upgrade.
      ...before,
      liveKeysNeedApplicationRestriction:
        input.liveKeysNeedApplicationRestriction ?? before.liveKeysNeedApplicationRestriction,
      secretAge: input.secretAge === undefined ? before.secretAge : input.secretAge,
      unusedKeys: input.unusedKeys ?? before.unusedKeys,
      leakedKeys: input.leakedKeys ?? before.leakedKeys,
      managementTokens: input.managementTokens ?? before.managementTokens,
      secondFactor: input.secondFactor ?? before.secondFactor,
      keyRules: mergeKeyRules(before.keyRules, input.keyRules ?? {}),
    };
    if (isDeepStrictEqual(before, after)) return before;
    if (isByToken(ctx.actor)) denyLoosening(before, after);
    await checkSecondFactor(tx, ctx, before.secondFactor, after.secondFactor);
    const row = { value: { ...after }, updatedAt: ctx.now(), updatedBy: userId };
    await tx.q.update(tx.t.policies).set(row).where(eq(tx.t.policies.name, SITE.id));
    await recordAudit(tx, ctx, {
      action: "policies.updated",
      subject: SITE,
      before: { ...before },
      after: { ...after },
    });
    return after;
  });
}

/** Locks the policies until the transaction ends, so that merging can't lose a concurrent change. */
async function lockPolicies({ q, t: { policies } }: Tx, initial: { updatedAt: number; updatedBy: string }) {
  await q
    .insert(policies)
    .values({ name: SITE.id, value: {}, ...initial })
    .onConflictDoUpdate({ target: policies.name, set: { name: SITE.id } });
}

function denyLoosening(before: Policies, after: Policies): void {
  const loosened = loosenedPolicies(before, after);
  if (loosened.length === 0) return;
  throw new DomainError(
    "forbidden",
    `A management token can make policies stricter, not looser (${loosened.join(", ")}). Sign in to the portal.`,
  );
}

/** A new requirement must be met by who sets it, so that nobody locks themselves out. */
async function checkSecondFactor(
  tx: Tx,
  ctx: Ctx,
  before: SecondFactorPolicy,
  after: SecondFactorPolicy,
): Promise<void> {
  if (SECOND_FACTOR_STRICTNESS[after] <= SECOND_FACTOR_STRICTNESS[before]) return;
  if (await hasSecondFactor(tx, requireUser(ctx).userId)) return;
  throw new DomainError("conflict", "Set up your own second factor first, under Account.");
}
