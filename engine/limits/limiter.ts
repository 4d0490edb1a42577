import type { Counted, Limit } from "#core/limits/types.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";

/** One call before the counters of its limits. */
export interface Take {
  limits: readonly Limit[];
  /** Units. */
  cost: number;
  /** Epoch ms: which calendar period it is. */
  nowMs: number;
  /** False only asks. */
  consume: boolean;
}

/** Keeps the counters of limits. Which limits there are, and what follows from a count, is the core's. */
export interface Limiter {
  /**
   * Counts the call against all of its limits or, where one has no room for it, against none. In the order of
   * the limits. Throws (or rejects with) `CannotVouch` when that can't be done now.
   */
  take(take: Take): MaybePromise<Counted[]>;
  /** What is wrong with the counting, in words for an operator; null for nothing. */
  readonly trouble: string | null;
  close(): Promise<void>;
}
