import { and, asc, inArray, isNull, lte } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { UnusedKeysRule } from "../../../access/policies/schema.ts";
import type { Ctx } from "../../../context.ts";
import { afterRow } from "../../../lists.ts";
import { changeMany } from "../../change-many.ts";
import { type KeyRow, lockKeys } from "../../find.ts";
import { idle, idleUntil } from "../unused/filter.ts";
import type { Checkpoint, RunResult } from "./once-per-day.ts";
import { notifyPending, queueNotification, unusedReason } from "./pending-notifications.ts";
import { daysOf, dueStep, type UnusedKeyStep } from "./unused-steps.ts";

/** Keys per transaction. */
const PART = 200;

type Done = Record<"warned" | "disabled" | "revoked", number>;

/** Applies the policy to all keys that were unused for long enough and are not exempt. */
export async function applyUnusedPolicy(
  ctx: Ctx,
  rule: UnusedKeysRule,
  checkpoint: Checkpoint,
): Promise<RunResult> {
  const done: Done = { warned: 0, disabled: 0, revoked: 0 };
  const scope = ctx.db.read;
  const { keys } = scope.t;
  const days = [rule.warnDays, rule.disableDays, rule.revokeDays].filter((each) => each !== null);
  let last: { idle: number; id: string } | null = null;
  for (let more = days.length > 0; more; ) {
    const now = ctx.now();
    // A batch of all idle keys, whether or not a step is due, so that one query never takes long.
    const part: { id: string; idle: number; step: UnusedKeyStep | null }[] = await scope.q
      .select({ id: keys.id, idle: idle(scope), step: dueStep(scope, rule, now) })
      .from(keys)
      .where(
        and(
          isNull(keys.revokedAt),
          lte(idle(scope), idleUntil(Math.min(...days), now)),
          last ? afterRow([idle(scope), keys.id], [last.idle, last.id]) : undefined,
        ),
      )
      .orderBy(asc(idle(scope)), asc(keys.id))
      .limit(PART);
    const ids = part.flatMap(({ id, step }) => (step === null ? [] : [id]));
    if (ids.length > 0) await ctx.db.write((tx) => takeSteps(tx, ctx, rule, ids, done));
    await checkpoint();
    last = part.at(-1) ?? null;
    more = part.length === PART;
  }
  // Includes notifications queued by a run that died.
  await notifyPending(ctx, rule, checkpoint);
  return { ...done };
}

/** Checked again under the lock: a key may have been used, exempted or revoked meanwhile. */
async function takeSteps(tx: Tx, ctx: Ctx, rule: UnusedKeysRule, ids: string[], done: Done): Promise<void> {
  await lockKeys(tx, ids);
  const { keys } = tx.t;
  const locked = await tx.q
    .select({ key: keys, step: dueStep(tx, rule, ctx.now()), idle: idle(tx) })
    .from(keys)
    .where(inArray(keys.id, ids))
    .orderBy(asc(keys.id));
  for (const [step, some] of Map.groupBy(locked, (each) => each.step)) {
    if (step === null) continue;
    const own = some.map(({ key, idle: idleSince }) => ({ ...key, idleSince }));
    const days = daysOf(rule, step) ?? 0;
    await takeStep(tx, ctx, { step, days }, own);
    await queueNotification(tx, { step, days }, own);
    done[DONE[step]] += own.length;
  }
}

const DONE = { warn: "warned", disable: "disabled", revoke: "revoked" } as const;

async function takeStep(
  tx: Tx,
  ctx: Ctx,
  { step, days }: { step: UnusedKeyStep; days: number },
  own: KeyRow[],
): Promise<void> {
  const now = ctx.now();
  const { keys } = tx.t;
  const reason = unusedReason(days);
  switch (step) {
    case "warn": {
      const ids = own.map(({ id }) => id);
      await tx.q.update(keys).set({ idleNotifiedAt: now }).where(inArray(keys.id, ids));
      return;
    }
    case "disable":
      return changeMany(tx, ctx, own, {
        set: { enabled: false, disabledBy: "policy", idleNotifiedAt: now },
        action: "key.disabled",
        reason,
      });
    case "revoke":
      return changeMany(tx, ctx, own, {
        set: { revokedAt: now, revokedBy: "policy" },
        action: "key.revoked",
        reason,
      });
  }
}
