import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "../audit/record.ts";
import { requireAdmin, requireUser, type Verb } from "../context.ts";
import { readPolicies, SITE } from "./read.ts";
import type { SetPoliciesInput } from "./schemas.ts";
import type { Policies } from "./types.ts";

/** Changes the site's rules. Keys that are there already stay as they are: they are listed, not cut off. */
export async function setPolicies({ ctx, input }: Verb<SetPoliciesInput>): Promise<Policies> {
  requireAdmin(ctx);
  const { userId } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    const before = await readPolicies(tx);
    const after: Policies = {
      liveKeysNeedApplicationRestriction:
        input.liveKeysNeedApplicationRestriction ?? before.liveKeysNeedApplicationRestriction,
      secretAge: input.secretAge === undefined ? before.secretAge : input.secretAge,
      unusedKeys: input.unusedKeys ?? before.unusedKeys,
      leakedKeys: input.leakedKeys ?? before.leakedKeys,
    };
    if (isDeepStrictEqual(before, after)) return before;
    const row = { value: { ...after }, updatedAt: ctx.now(), updatedBy: userId };
    await tx.q
      .insert(tx.t.policies)
      .values({ name: SITE, ...row })
      .onConflictDoUpdate({ target: tx.t.policies.name, set: row });
    await recordAudit(tx, ctx, {
      action: "policies.updated",
      subject: { id: SITE, name: "the site" },
      before: { ...before },
      after: { ...after },
    });
    return after;
  });
}
