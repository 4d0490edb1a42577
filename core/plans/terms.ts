import { periodAt } from "../limits/period.ts";
import type { Quota, Rate } from "../limits/types.ts";

/** A named limit of a plan: a rate or a quota, for all operations of the API or those of one pattern. */
export interface PlanLimit {
  name: string;
  /** An operation or, with `*` at its end, all that begin like this. Null for all operations. */
  operations: string | null;
  /** Exactly one of the two is set. */
  rate: Rate | null;
  quota: Quota | null;
}

/** What a plan costs, in decimal notation. Information only: the portal takes no payments. */
export interface PlanPrice {
  /** ISO 4217. */
  currency: string;
  monthly: string;
  /** Per 1,000 units over the included ones. */
  perThousand: string;
}

/** What happens once the included units of a month are used up. */
export const OVERAGES = ["block", "allow"] as const;
export type Overage = (typeof OVERAGES)[number];

/** What a version of a plan says. */
export interface PlanTerms {
  limits: PlanLimit[];
  /** Units of a call by pattern of its operation; 1 for an operation without an entry. The call's `cost` multiplies it. */
  unitsPerOperation: Record<string, number>;
  /** Units per calendar month (UTC) that the monthly price includes; null if all are. */
  includedUnits: number | null;
  overage: Overage;
  /** How long a project's first subscription to the plan is free, days; null for no trial. */
  trialDays: number | null;
  price: PlanPrice | null;
}

/** When a new version of a plan or another plan takes effect: now, or when the calendar month (UTC) ends. */
export const TAKES_EFFECT = ["now", "period-end"] as const;
export type TakesEffect = (typeof TAKES_EFFECT)[number];

/** When a change at `nowMs` takes effect, epoch ms. */
export function effectiveAt(takesEffect: TakesEffect, nowMs: number): number {
  return takesEffect === "now" ? nowMs : periodAt("month", nowMs).end;
}

/** Terms that an administrator set for one project instead of those of its plan. */
export interface PlanOverride {
  /** Empty after it was removed. */
  terms: Partial<PlanTerms>;
  /** Exclusive, epoch ms; null if it applies as long as the project is on the plan. */
  endsAt: number | null;
  /** When it was set or removed, epoch ms. */
  changedAt: number;
}

/** A part of time, epoch ms. */
export interface TimeRange {
  startsAt: number;
  /** Exclusive; null without an end. */
  endsAt: number | null;
}

/** Whether an instant (epoch ms) is in the period. */
export function isInRange({ startsAt, endsAt }: TimeRange, atMs: number): boolean {
  return startsAt <= atMs && (endsAt === null || atMs < endsAt);
}

/**
 * The override if it belongs to this subscription, which means that it was set in its period; otherwise null. An override
 * ends with its subscription: it does not return when the project later returns to the plan.
 */
export function overrideOf<Override extends PlanOverride>(
  override: Override | null,
  subscription: TimeRange,
): Override | null {
  return override !== null && isInRange(subscription, override.changedAt) ? override : null;
}

/** Whether there is an override that replaces terms at `atMs`. */
export function isOverridden(override: PlanOverride | null, atMs: number): override is PlanOverride {
  if (override === null || Object.keys(override.terms).length === 0) return false;
  return override.endsAt === null || atMs < override.endsAt;
}

/** The terms at `atMs` with an administrator's override for one project, whose fields replace those of the plan. */
export function withOverride(terms: PlanTerms, override: PlanOverride | null, atMs: number): PlanTerms {
  return isOverridden(override, atMs) ? { ...terms, ...override.terms } : terms;
}

/** The version that is in effect at `atMs`: the newest of those that have begun; null if none has. */
export function versionAt<Version extends { version: number; appliesAt: number }>(
  versions: readonly Version[],
  atMs: number,
): Version | null {
  let newest: Version | null = null;
  for (const one of versions) {
    if (one.appliesAt <= atMs && (newest === null || one.version > newest.version)) newest = one;
  }
  return newest;
}
