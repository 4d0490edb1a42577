/** At most `limit` units in any span of `windowSeconds` seconds. */
export interface Rate {
  limit: number;
  windowSeconds: number;
}

export const PERIODS = ["day", "month"] as const;
export type Period = (typeof PERIODS)[number];

/** At most `limit` units per calendar period, in UTC. */
export interface Quota {
  limit: number;
  period: Period;
}

export interface Limits {
  rate: Rate | null;
  quota: Quota | null;
}

export const NO_LIMITS: Limits = { rate: null, quota: null };

/** What the limit belongs to: the key, its project, the ceiling that an administrator set for the project, or its plan. */
export type LimitScope = "key" | "project" | "ceiling" | "plan";

/** The named limit of a plan. */
export interface PlanPolicy {
  /** Slugs of the API and the plan. */
  api: string;
  plan: string;
  /** Unique in the plan; `included` for its included units. */
  name: string;
  /** The operation, or with `*` at the end the beginning of those, that it counts. Null for all. */
  operations: string | null;
}

/** A limit with the name of its counter. Every limit has its own counter. All limits of a call have one project. */
export type Limit = LimitBase & ({ kind: "rate"; rate: Rate } | { kind: "quota"; quota: Quota });

interface LimitBase {
  scope: LimitScope;
  projectId: string;
  counter: string;
  /** Set for a limit of a plan. */
  policy?: PlanPolicy;
  /**
   * With `policy`: when the current terms took effect, epoch ms. Under earlier terms the limit may not have existed, so a counter
   * from then may lack units.
   */
  termsSince?: number;
}

/** The state of a limit's counter for one call. */
export interface CounterState {
  limit: Limit;
  /** Whether the call is within the limit. A call is counted by all of its limits, or by none if one denies it. */
  fits: boolean;
  /** Units used, including this call if it passed. */
  used: number;
  /** How long until this call would fit, ms; 0 if it fits. */
  waitMs: number;
  /** How long until the oldest used units become available again, ms; 0 if none are used. */
  resetMs: number;
}
