import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, type SQL } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import { breathe } from "../breathe.ts";
import type { Ctx } from "../context.ts";
import { changeMany } from "../keys/changeMany.ts";
import { holdKeys } from "../keys/hold.ts";
import type { KeyRow } from "../keys/present.ts";
import { behind } from "../keyset.ts";
import { tellOfMany } from "../notices/tellOfMany.ts";
import type { UnusedKeysRule } from "../policies/types.ts";
import { iso } from "../time.ts";
import { idle, idleUntil, notExempt } from "../unused/filter.ts";
import type { RunResult } from "./onceADay.ts";

/** The name of its daily run. */
export const UNUSED_RUN = "unused keys";
/** Keys a transaction. */
const PART = 200;
const DAY_MS = 86_400_000;

export type Step = "warn" | "disable" | "revoke";

/** The strongest step comes first: what is revoked needs no warning any more. */
const STEPS: Step[] = ["revoke", "disable", "warn"];

/** Does what the rule says with every key that nobody has used for so long, and is not exempt. */
export async function applyUnusedRule(ctx: Ctx, rule: UnusedKeysRule): Promise<RunResult> {
  const since = await warnedUntil(ctx.db.read);
  const result: RunResult = { warned: 0, disabled: 0, revoked: 0 };
  for (const step of STEPS) {
    const touched = await inParts(ctx, rule, step, since);
    result[{ warn: "warned", disable: "disabled", revoke: "revoked" }[step]] = touched;
  }
  // The next run warns only of keys that come to be idle for long enough after these.
  const warnedTo = rule.warnDays === null ? since : Math.max(since, idleUntil(rule.warnDays, ctx.now()));
  return { ...result, warnedTo };
}

/**
 * The keys that a step would touch now. A key is warned of once: when it has just been idle for long enough, which
 * is after the last key that the run before warned of.
 */
export function touchedBy(
  scope: Scope,
  rule: UnusedKeysRule,
  step: Step,
  since: number,
  nowMs: number,
): SQL | undefined {
  const { keys } = scope.t;
  const days = { warn: rule.warnDays, disable: rule.disableDays, revoke: rule.revokeDays }[step];
  if (days === null) return undefined;
  const idleLong = and(
    isNull(keys.revokedAt),
    lte(idle(scope), idleUntil(days, nowMs)),
    notExempt(scope, nowMs),
  );
  switch (step) {
    case "revoke":
      return idleLong;
    case "disable":
      return and(idleLong, eq(keys.enabled, true), notYet(scope, rule.revokeDays, nowMs));
    case "warn":
      return and(
        idleLong,
        gt(idle(scope), since),
        eq(keys.enabled, true),
        notYet(scope, rule.disableDays ?? rule.revokeDays, nowMs),
      );
  }
}

/** Not idle for as long as the next step asks for. */
function notYet(scope: Scope, days: number | null, nowMs: number): SQL | undefined {
  return days === null ? undefined : gt(idle(scope), idleUntil(days, nowMs));
}

/** Up to which idle key people were warned; 0 before the first run. */
export async function warnedUntil({ q, t: { dailyRuns } }: Scope): Promise<number> {
  const [last] = await q
    .select({ result: dailyRuns.result })
    .from(dailyRuns)
    .where(and(eq(dailyRuns.name, UNUSED_RUN), isNotNull(dailyRuns.finishedAt)))
    .orderBy(desc(dailyRuns.day))
    .limit(1);
  return last?.result?.warnedTo ?? 0;
}

async function inParts(ctx: Ctx, rule: UnusedKeysRule, step: Step, since: number): Promise<number> {
  const scope = ctx.db.read;
  const { keys } = scope.t;
  const now = ctx.now();
  const matching = touchedBy(scope, rule, step, since, now);
  if (matching === undefined) return 0;
  let touched = 0;
  let last: { idle: number; id: string } | null = null;
  for (;;) {
    const part: { id: string; idle: number }[] = await scope.q
      .select({ id: keys.id, idle: idle(scope) })
      .from(keys)
      .where(and(matching, last ? behind([idle(scope), keys.id], [last.idle, last.id]) : undefined))
      .orderBy(asc(idle(scope)), asc(keys.id))
      .limit(PART);
    if (part.length > 0) {
      const ids = part.map(({ id }) => id);
      touched += await ctx.db.write((tx) => takeStep(tx, ctx, rule, step, since, ids));
      await breathe();
    }
    last = part.at(-1) ?? null;
    if (part.length < PART) return touched;
  }
}

/** Only what still is so now that it is held: a key may have been used, exempted or revoked meanwhile. */
async function takeStep(
  tx: Tx,
  ctx: Ctx,
  rule: UnusedKeysRule,
  step: Step,
  since: number,
  ids: string[],
): Promise<number> {
  const now = ctx.now();
  await holdKeys(tx, ids);
  const own = await tx.q
    .select()
    .from(tx.t.keys)
    .where(and(inArray(tx.t.keys.id, ids), touchedBy(tx, rule, step, since, now)))
    .orderBy(asc(tx.t.keys.id));
  if (own.length === 0) return 0;
  const days = { warn: rule.warnDays, disable: rule.disableDays, revoke: rule.revokeDays }[step] ?? 0;
  const reason = `Not used for ${days} days`;
  switch (step) {
    case "warn":
      await tellOfMany(tx, ctx, "unused", own, { days, ...whatComes(rule, own) });
      break;
    case "disable":
      await changeMany(tx, ctx, own, { set: { enabled: false }, action: "key.disabled", reason });
      await tellOfMany(tx, ctx, "disabled", own, { reason });
      break;
    case "revoke":
      await changeMany(tx, ctx, own, { set: { revokedAt: now }, action: "key.revoked", reason });
      await tellOfMany(tx, ctx, "revoked", own, { reason });
      break;
  }
  return own.length;
}

/** When the first of these keys comes to the next step, if the rule has one. */
function whatComes({ disableDays, revokeDays }: UnusedKeysRule, keys: KeyRow[]) {
  const first = Math.min(...keys.map(({ lastUsedAt, createdAt }) => lastUsedAt ?? createdAt));
  const at = (days: number | null) => (days === null ? null : iso(first + days * DAY_MS));
  return { disableAt: at(disableDays), revokeAt: at(revokeDays) };
}
