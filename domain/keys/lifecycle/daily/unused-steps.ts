import { and, eq, gt, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { UnusedKeysRule } from "../../../access/policies/types.ts";
import { idle, idleUntil, notExempt, notSuspended } from "../unused/filter.ts";

export type Step = "warn" | "disable" | "revoke";

/** The strongest comes first: a key takes one step a run. */
const STEPS = ["revoke", "disable", "warn"] as const;

const DAY_MS = 86_400_000;
/** Between being told and the next step people have so many days, unless the rule itself leaves fewer. */
const NOTICE_DAYS = 7;
/** Runs are a day apart, give or take: a step is not put off to the next day for a moment. */
const SLACK_MS = DAY_MS / 2;

/** After how many idle days the rule takes the step; null for never. */
export function daysOf(rule: UnusedKeysRule, step: Step): number | null {
  return { warn: rule.warnDays, disable: rule.disableDays, revoke: rule.revokeDays }[step];
}

/** How long before the step people are told at least, ms; 0 where the rule has no step before it. */
export function noticeMs(rule: UnusedKeysRule, step: Step): number {
  const days = daysOf(rule, step);
  const before = step === "revoke" ? (rule.disableDays ?? rule.warnDays) : rule.warnDays;
  if (step === "warn" || days === null || before === null) return 0;
  return Math.min(NOTICE_DAYS, days - before) * DAY_MS;
}

/** The step that the rule takes with a key now; null for none, or (all of it) where the rule has none. */
export function stepNow(scope: Scope, rule: UnusedKeysRule, nowMs: number): SQL<Step | null> {
  const cases = STEPS.flatMap((step) => {
    const due = touchedBy(scope, rule, step, nowMs);
    return due === undefined ? [] : [sql`when ${due} then ${sql.raw(`'${step}'`)}`];
  });
  return cases.length === 0 ? sql`null` : sql`case ${sql.join(cases, sql` `)} end`;
}

/**
 * The keys that the rule would take the step with now; undefined where it has no such step. Where it warns, no
 * other step is taken before a key's owners were told, in this stretch of idleness, and had time to act.
 */
export function touchedBy(scope: Scope, rule: UnusedKeysRule, step: Step, nowMs: number): SQL | undefined {
  const { keys } = scope.t;
  const due = dueFor(scope, rule, step, nowMs);
  if (due === undefined) return undefined;
  const told = gt(keys.idleToldAt, idle(scope));
  if (step === "warn") {
    const waiting = or(isNull(keys.idleToldAt), not(told));
    // One that is off already has nothing to be told of but its revocation.
    return and(due, waiting, rule.revokeDays === null ? eq(keys.enabled, true) : undefined);
  }
  const notice = Math.max(0, noticeMs(rule, step) - SLACK_MS);
  return and(
    due,
    rule.warnDays === null ? undefined : told,
    notice === 0 ? undefined : or(isNull(keys.idleToldAt), lte(keys.idleToldAt, nowMs - notice)),
    isInTurn(scope, rule, step),
  );
}

/** Those that are told first and touched after that: idle for long enough to be switched off or revoked. */
export function waitingFor(scope: Scope, rule: UnusedKeysRule, nowMs: number): SQL | undefined {
  const dueNow = touchedBy(scope, rule, "warn", nowMs);
  const next = rule.disableDays === null ? "revoke" : "disable";
  const dueNext = dueFor(scope, rule, next, nowMs);
  return dueNow && dueNext && and(dueNow, dueNext);
}

/** Idle for as long as the step asks for, and not exempt from it. */
function dueFor(scope: Scope, rule: UnusedKeysRule, step: Step, nowMs: number): SQL | undefined {
  const days = daysOf(rule, step);
  if (days === null) return undefined;
  return and(
    isNull(scope.t.keys.revokedAt),
    lte(idle(scope), idleUntil(days, nowMs)),
    notExempt(scope, nowMs),
    notSuspended(scope),
  );
}

/** Only what is on is switched off; and where the rule switches off first, only what is off is revoked. */
function isInTurn({ t: { keys } }: Scope, rule: UnusedKeysRule, step: Step): SQL | undefined {
  if (step === "disable") return eq(keys.enabled, true);
  return rule.disableDays === null ? undefined : eq(keys.enabled, false);
}
