/** So many units pass in any span of so many seconds, and no more. */
export interface Rate {
  limit: number;
  windowSeconds: number;
}

export const PERIODS = ["day", "month"] as const;
export type Period = (typeof PERIODS)[number];

/** So many units pass in each calendar period, in UTC. */
export interface Quota {
  limit: number;
  period: Period;
}

export interface Limits {
  rate: Rate | null;
  quota: Quota | null;
}

export const NO_LIMITS: Limits = { rate: null, quota: null };

/** Whose limit it is: the key's, its project's, or the one that an administrator set over the project. */
export type LimitScope = "key" | "project" | "ceiling";

/** A limit that calls are held to, and the name of its counter: one counter, one limit. */
export type Limit =
  | { kind: "rate"; scope: LimitScope; counter: string; rate: Rate }
  | { kind: "quota"; scope: LimitScope; counter: string; quota: Quota };

/** What a limit's counter says of one call. */
export interface Counted {
  limit: Limit;
  /** Whether the call is within it. All of a call's limits let it pass, or none counts it. */
  fits: boolean;
  /** Units counted; with this call's when it passed. */
  used: number;
  /** How long until this call would fit, ms; 0 when it does. */
  waitMs: number;
  /** How long until the first of the units that are counted now are free again, ms; 0 when there are none. */
  resetMs: number;
}

/** A limit as a verdict tells it. */
export interface RateLimitState extends Rate {
  remaining: number;
  resetMs: number;
}

export interface QuotaState extends Quota {
  remaining: number;
  /** ISO 8601, UTC. */
  resetAt: string;
}
