import { and, eq, gt } from "drizzle-orm";
import { DAY_MS, iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Scope, Tx } from "#db/open.ts";
import { lifeEndsAt, readKeyRules } from "../../../access/policies/key-rules.ts";
import { requireAdmin, requireUser, type Verb } from "../../../context.ts";
import { notify } from "../../../notifications/notify.ts";
import { type KeyRow, lockKey } from "../../find.ts";
import { mustFindAnyKey, recordExemption, requireExemptionEnd } from "../exemptions.ts";
import type { EndExemptionInput } from "../unused/schema.ts";
import type { ExemptFromRulesInput, RuleExemption } from "./schema.ts";

/** How long a key still works after an exemption that ends early, if its maximum lifetime is over. */
const NOTICE_DAYS = 7;

/**
 * Exempts a key from the key rules until then, at most for a year: its fields may break them, and its maximum lifetime
 * ends with the exemption at the earliest. Administrators only.
 */
export async function exemptFromRules({ ctx, input }: Verb<ExemptFromRulesInput>): Promise<RuleExemption> {
  requireAdmin(ctx);
  const { userId, name } = requireUser(ctx);
  const now = ctx.now();
  const { reason, until } = input;
  requireExemptionEnd(until, now);
  return ctx.db.write(async (tx) => {
    const key = await lockAnyKey(tx, input.keyId);
    const { keys, ruleExemptions } = tx.t;
    const row = { reason, until, createdBy: userId, createdByName: name, createdAt: now };
    await tx.q
      .insert(ruleExemptions)
      .values({ keyId: key.id, ...row })
      .onConflictDoUpdate({ target: ruleExemptions.keyId, set: row });
    const life = key.lifeEndsAt !== null && key.lifeEndsAt < until ? { lifeEndsAt: until } : {};
    await tx.q
      .update(keys)
      .set({ ...life, rulesNotifiedAt: null, rulesEndAt: null, rulesAnnounced: null })
      .where(eq(keys.id, key.id));
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordExemption(tx, ctx, key, {
      action: "key.rules-exempted",
      after: { reason, until: iso(until) },
    });
    return { reason, until: iso(until), by: name };
  });
}

/**
 * Ends a key's exemption from the key rules. If its maximum lifetime is over, it works for another week, and its
 * owners are notified. Administrators only.
 */
export async function endRuleExemption({ ctx, input }: Verb<EndExemptionInput>): Promise<{ ended: boolean }> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const key = await lockAnyKey(tx, input.keyId);
    const { keys, ruleExemptions } = tx.t;
    const gone = await tx.q
      .delete(ruleExemptions)
      .where(eq(ruleExemptions.keyId, key.id))
      .returning({ until: ruleExemptions.until });
    if (gone.length === 0) return { ended: false };
    const now = ctx.now();
    const latestEnd = lifeEndsAt(await readKeyRules(tx, key.projectId), key);
    const end = latestEnd === null ? null : Math.max(latestEnd, now + NOTICE_DAYS * DAY_MS);
    if (key.lifeEndsAt !== null && end !== null && end < key.lifeEndsAt) {
      await tx.q.update(keys).set({ lifeEndsAt: end }).where(eq(keys.id, key.id));
      await recordChange(tx, { kind: "key", subject: key.id }, now);
      await notify(tx, ctx, {
        kind: "key.rule-broken",
        projectId: key.projectId,
        subject: key,
        data: { count: 1, endAt: iso(end) },
      });
    }
    await recordExemption(tx, ctx, key, { action: "key.rules-exemption-ended" });
    return { ended: true };
  });
}

/** Until when the key is exempt from the key rules, epoch ms; null if it is not. */
export async function exemptUntil(scope: Scope, keyId: string, nowMs: number): Promise<number | null> {
  return (await readExemption(scope, keyId, nowMs))?.until ?? null;
}

/** The key's current exemption from the key rules. */
export async function readExemption({ q, t: { ruleExemptions } }: Scope, keyId: string, nowMs: number) {
  const [row] = await q
    .select()
    .from(ruleExemptions)
    .where(and(eq(ruleExemptions.keyId, keyId), gt(ruleExemptions.until, nowMs)));
  return row ?? null;
}

async function lockAnyKey(tx: Tx, keyId: string): Promise<KeyRow> {
  const { projectId } = await mustFindAnyKey(tx, keyId);
  return lockKey(tx, { projectId, keyId });
}
