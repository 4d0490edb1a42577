import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { readPolicies } from "../../access/policies/read.ts";
import type { Ctx } from "../../context.ts";
import { changeMany } from "../change-many.ts";
import type { KeyRow } from "../find.ts";
import { outranks } from "../status.ts";

/**
 * Whether the leak policy applies to a key that is not revoked: to disable it, or to take over from a member who
 * disabled it and could otherwise enable it with the leaked secret.
 */
export function leakRuleApplies(key: Pick<KeyRow, "enabled" | "disabledBy">): boolean {
  return key.enabled || outranks("leak", key.disabledBy);
}

/** Disables keys whose secret was found in public. Lock them first; see `leakRuleApplies`. */
export async function disableLeaked(tx: Tx, ctx: Ctx, keys: readonly KeyRow[]): Promise<void> {
  await changeMany(tx, ctx, keys, {
    set: { enabled: false, disabledBy: "leak" },
    action: "key.disabled",
    reason: "A secret of it was found in public",
  });
}

/**
 * Disables those of the restored keys that the leak policy would have disabled if they had not been revoked when their
 * secret was found: restoring makes that secret work again. Returns their ids.
 */
export async function disableRestored(tx: Tx, ctx: Ctx, keys: readonly KeyRow[]): Promise<Set<string>> {
  const { leakedKeys } = await readPolicies(tx);
  const affected = keys.filter((key) => leakRuleApplies(key) && leakedKeys[key.environment] === "disable");
  if (affected.length === 0) return new Set();
  const { leaks, secrets } = tx.t;
  const found = await tx.q
    .selectDistinct({ keyId: leaks.keyId })
    .from(leaks)
    .innerJoin(secrets, eq(secrets.id, leaks.secretId))
    .where(
      and(
        oneOf(
          tx,
          leaks.keyId,
          affected.map(({ id }) => id),
        ),
        or(isNull(secrets.overlapEndsAt), gt(secrets.overlapEndsAt, ctx.now())),
      ),
    );
  const leaked = new Set(found.map(({ keyId }) => keyId));
  await disableLeaked(
    tx,
    ctx,
    affected.filter(({ id }) => leaked.has(id)),
  );
  return leaked;
}
