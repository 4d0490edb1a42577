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

/** What the limit belongs to: the key, its project, or the ceiling that an administrator set for the project. */
export type LimitScope = "key" | "project" | "ceiling";

/** A limit with the name of its counter. Every limit has its own counter. All limits of a call have one project. */
export type Limit =
  | { kind: "rate"; scope: LimitScope; projectId: string; counter: string; rate: Rate }
  | { kind: "quota"; scope: LimitScope; projectId: string; counter: string; quota: Quota };

/** The state of a limit's counter for one call. */
export interface Counted {
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
