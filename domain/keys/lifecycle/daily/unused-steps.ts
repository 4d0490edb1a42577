import { and, eq, gt, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { UnusedKeysRule } from "../../../access/policies/schema.ts";
import { idle, idleUntil, notExempt, notSuspended } from "../unused/filter.ts";

export type UnusedKeyStep = "warn" | "disable" | "revoke";

/** Strongest first: a key takes one step per run. */
const STEPS = ["revoke", "disable", "warn"] as const;

/** Days between a warning and the next step, unless the rule itself leaves fewer. */
const NOTICE_DAYS = 7;
/** Runs are about a day apart: tolerance, so that a step is not delayed by a day because of seconds. */
const SLACK_MS = DAY_MS / 2;

/** After how many idle days the step is due; null for never. */
export function daysOf(rule: UnusedKeysRule, step: UnusedKeyStep): number | null {
  return { warn: rule.warnDays, disable: rule.disableDays, revoke: rule.revokeDays }[step];
}

/** How long before the step people are warned, ms; 0 if no step precedes it. */
export function warningMs(rule: UnusedKeysRule, step: UnusedKeyStep): number {
  const days = daysOf(rule, step);
  const before = step === "revoke" ? (rule.disableDays ?? rule.warnDays) : rule.warnDays;
  if (step === "warn" || days === null || before === null) return 0;
  return Math.min(NOTICE_DAYS, days - before) * DAY_MS;
}

/** The step that is due for a key; null for none, or if the rule has no steps. */
export function dueStep(scope: Scope, rule: UnusedKeysRule, nowMs: number): SQL<UnusedKeyStep | null> {
  const cases = STEPS.flatMap((step) => {
    const due = whereStepDue(scope, rule, step, nowMs);
    return due === undefined ? [] : [sql`when ${due} then ${sql.raw(`'${step}'`)}`];
  });
  return cases.length === 0 ? sql`null` : sql`case ${sql.join(cases, sql` `)} end`;
}

/**
 * Matches keys for which the step is due; undefined if the rule does not have it. If the rule warns, no other step is
 * taken before the key's owners were warned during this idle period and had time to act.
 */
export function whereStepDue(
  scope: Scope,
  rule: UnusedKeysRule,
  step: UnusedKeyStep,
  nowMs: number,
): SQL | undefined {
  const { keys } = scope.t;
  const due = dueFor(scope, rule, step, nowMs);
  if (due === undefined) return undefined;
  const isWarned = gt(keys.idleNotifiedAt, idle(scope));
  if (step === "warn") {
    const waiting = or(isNull(keys.idleNotifiedAt), not(isWarned));
    // For a disabled key, only the revocation matters.
    return and(due, waiting, rule.revokeDays === null ? eq(keys.enabled, true) : undefined);
  }
  const notice = Math.max(0, warningMs(rule, step) - SLACK_MS);
  return and(
    due,
    rule.warnDays === null ? undefined : isWarned,
    notice === 0 ? undefined : or(isNull(keys.idleNotifiedAt), lte(keys.idleNotifiedAt, nowMs - notice)),
    isInTurn(scope, rule, step),
  );
}

/** Keys that are warned first and handled later: idle for long enough to be disabled or revoked. */
export function whereWaiting(scope: Scope, rule: UnusedKeysRule, nowMs: number): SQL | undefined {
  const dueNow = whereStepDue(scope, rule, "warn", nowMs);
  const next = rule.disableDays === null ? "revoke" : "disable";
  const dueNext = dueFor(scope, rule, next, nowMs);
  return dueNow && dueNext && and(dueNow, dueNext);
}

/** Idle for long enough, and not exempt. */
function dueFor(scope: Scope, rule: UnusedKeysRule, step: UnusedKeyStep, nowMs: number): SQL | undefined {
  const days = daysOf(rule, step);
  if (days === null) return undefined;
  return and(
    isNull(scope.t.keys.revokedAt),
    lte(idle(scope), idleUntil(days, nowMs)),
    notExempt(scope, nowMs),
    notSuspended(scope),
  );
}

/** Only enabled keys are disabled; and if the rule disables first, only disabled keys are revoked. */
function isInTurn({ t: { keys } }: Scope, rule: UnusedKeysRule, step: UnusedKeyStep): SQL | undefined {
  if (step === "disable") return eq(keys.enabled, true);
  return rule.disableDays === null ? undefined : eq(keys.enabled, false);
}
