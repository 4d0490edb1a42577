import { eq } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import { recordChanges } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { readPolicies } from "../../../access/policies/read.ts";
import type { KeyRules } from "../../../access/policies/schema.ts";
import { recordAudits } from "../../../audit/record.ts";
import type { Ctx } from "../../../context.ts";
import { changeMany } from "../../change-many.ts";
import { type KeyRow, lockKeys } from "../../find.ts";
import type { Checkpoint, RunResult } from "../daily/once-per-day.ts";
import { queueRuleNotification, RULE_REASON } from "../daily/pending-notifications.ts";
import { KEYS_PER_QUERY, readKeysForRules, rulesOf, whereRulesApply } from "./read.ts";
import { type RuleStep, ruleStep } from "./step.ts";

/** Keys per transaction. */
const PER_TRANSACTION = 200;

type Done = Record<"notified" | "ended" | "disabled" | "cleared", number>;

/**
 * Applies the key rules to keys that are older than a rule, as the rule's `existingKeys` says. Notifications are
 * queued in the same transaction.
 */
export async function applyKeyRules(ctx: Ctx, site: KeyRules, checkpoint: Checkpoint): Promise<RunResult> {
  const done: Done = { notified: 0, ended: 0, disabled: 0, cleared: 0 };
  let after = "";
  for (let more = true; more; ) {
    const now = ctx.now();
    const part = await readKeysForRules(
      ctx.db.read,
      { after, matching: whereRulesApply(ctx.db.read, site), withAnnounced: true },
      now,
    );
    const ids = part
      .filter(({ own, ...key }) => ruleStep(rulesOf(site, own), key, now) !== null)
      .map(({ id }) => id);
    for (let at = 0; at < ids.length; at += PER_TRANSACTION) {
      const some = ids.slice(at, at + PER_TRANSACTION);
      await ctx.db.write((tx) => takeSteps(tx, ctx, some, done));
      await checkpoint();
    }
    await checkpoint();
    after = part.at(-1)?.id ?? "";
    more = part.length === KEYS_PER_QUERY;
  }
  return { ...done };
}

/** Evaluated again under the lock: a key or a rule may have changed meanwhile. */
async function takeSteps(tx: Tx, ctx: Ctx, ids: string[], done: Done): Promise<void> {
  const locked = new Map((await lockKeys(tx, ids)).map((key) => [key.id, key]));
  const { keyRules: site } = await readPolicies(tx);
  const now = ctx.now();
  const matching = oneOf(tx, tx.t.keys.id, ids);
  const rows = await readKeysForRules(tx, { after: "", matching, withAnnounced: true }, now);
  const steps = rows.flatMap(({ own, id }) => {
    const key = locked.get(id);
    const step = key && ruleStep(rulesOf(site, own), key, now);
    return key && step ? [{ key, step }] : [];
  });
  await setLifetimeEnds(tx, ctx, steps, done);
  await announce(tx, ctx, steps, done);
  await disable(
    tx,
    ctx,
    steps.flatMap(({ key, step }) => (step.then?.do === "disable" ? [key] : [])),
    done,
  );
  const compliant = steps.flatMap(({ key, step }) => (step.then?.do === "clear" ? [key.id] : []));
  await clearNotices(tx, compliant);
  done.cleared += compliant.length;
}

async function clearNotices(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.q
    .update(tx.t.keys)
    .set({ rulesNotifiedAt: null, rulesEndAt: null, rulesAnnounced: null })
    .where(oneOf(tx, tx.t.keys.id, ids));
}

type Steps = { key: KeyRow; step: RuleStep }[];

/** Sets the end of keys that exceed their maximum lifetime, after the notice. */
async function setLifetimeEnds(tx: Tx, ctx: Ctx, steps: Steps, done: Done): Promise<void> {
  const { keys } = tx.t;
  const ended = steps.flatMap(({ key, step: { lifeEndsAt } }) =>
    lifeEndsAt === null ? [] : [{ key, endsAt: lifeEndsAt }],
  );
  for (const { key, endsAt } of ended) {
    await tx.q.update(keys).set({ expiresAt: endsAt, lifeEndsAt: endsAt }).where(eq(keys.id, key.id));
  }
  await recordChanges(
    tx,
    ended.map(({ key }) => ({ kind: "key", subject: key.id })),
    ctx.now(),
  );
  await recordAudits(
    tx,
    ctx,
    ended.map(({ key, endsAt }) => ({
      action: "key.updated",
      projectId: key.projectId,
      subject: key,
      before: { expiresAt: isoOrNull(key.expiresAt) },
      after: { expiresAt: iso(endsAt), reason: RULE_REASON },
    })),
  );
  await queueRuleNotification(
    tx,
    "rule-deadline",
    ended.map(({ key, endsAt }) => ({ ...key, endsAt })),
  );
  done.ended += ended.length;
}

async function announce(tx: Tx, ctx: Ctx, steps: Steps, done: Done): Promise<void> {
  const now = ctx.now();
  const announced = steps.flatMap(({ key, step: { then } }) =>
    then?.do === "notify" ? [{ key, endsAt: then.endsAt, rules: then.rules }] : [],
  );
  for (const some of Map.groupBy(announced, ({ endsAt, rules }) =>
    JSON.stringify([endsAt, rules]),
  ).values()) {
    const [{ endsAt, rules } = { endsAt: null, rules: [] }] = some;
    const own = some.map(({ key }) => key);
    await tx.q
      .update(tx.t.keys)
      .set({ rulesNotifiedAt: now, rulesEndAt: endsAt, rulesAnnounced: rules })
      .where(
        oneOf(
          tx,
          tx.t.keys.id,
          own.map(({ id }) => id),
        ),
      );
    await queueRuleNotification(
      tx,
      endsAt === null ? "rule-broken" : "rule-deadline",
      own.map((key) => ({ ...key, endsAt: endsAt ?? now })),
    );
  }
  done.notified += announced.length;
}

async function disable(tx: Tx, ctx: Ctx, keys: KeyRow[], done: Done): Promise<void> {
  await changeMany(tx, ctx, keys, {
    set: { enabled: false, disabledBy: "policy" },
    action: "key.disabled",
    reason: RULE_REASON,
  });
  // Once it is enabled, its owners have notice again.
  await clearNotices(
    tx,
    keys.map(({ id }) => id),
  );
  await queueRuleNotification(
    tx,
    "rule-ended",
    keys.map((key) => ({ ...key, endsAt: ctx.now() })),
  );
  done.disabled += keys.length;
}
