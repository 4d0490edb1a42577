import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, requireUser, type Verb } from "../../context.ts";
import { readPolicies, SITE } from "./read.ts";
import type { Policies, SetPoliciesInput } from "./schema.ts";

/** Changes the site's policies. Existing keys stay as they are: they are listed, not disabled. */
export async function setPolicies({ ctx, input }: Verb<SetPoliciesInput>): Promise<Policies> {
  requireAdmin(ctx);
  const { userId } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    await lockPolicies(tx, { updatedAt: ctx.now(), updatedBy: userId });
    const before = await readPolicies(tx);
    const after: Policies = {
      liveKeysNeedApplicationRestriction:
        input.liveKeysNeedApplicationRestriction ?? before.liveKeysNeedApplicationRestriction,
      secretAge: input.secretAge === undefined ? before.secretAge : input.secretAge,
      unusedKeys: input.unusedKeys ?? before.unusedKeys,
      leakedKeys: input.leakedKeys ?? before.leakedKeys,
      managementTokens: input.managementTokens ?? before.managementTokens,
    };
    if (isDeepStrictEqual(before, after)) return before;
    const row = { value: { ...after }, updatedAt: ctx.now(), updatedBy: userId };
    await tx.q.update(tx.t.policies).set(row).where(eq(tx.t.policies.name, SITE));
    await recordAudit(tx, ctx, {
      action: "policies.updated",
      subject: { id: SITE, name: "the site" },
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
    .values({ name: SITE, value: {}, ...initial })
    .onConflictDoUpdate({ target: policies.name, set: { name: SITE } });
}
