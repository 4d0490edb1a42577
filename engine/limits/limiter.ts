import type { CounterState, Limit } from "#core/limits/types.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";

/** A call to count against its limits. */
export interface Take {
  limits: readonly Limit[];
  /** Units. */
  cost: number;
  /** Epoch ms: determines the calendar period. */
  nowMs: number;
  /** False only reads the counters. */
  consume: boolean;
}

/** Keeps the counters of limits. The core decides which limits apply and what a count means. */
export interface Limiter {
  /**
   * Counts the call against all of its limits or, if it exceeds one, against none. Returns the counts in the order of
   * the limits. Throws (or rejects with) `VerdictUnavailable` if the counters are unavailable.
   */
  take(take: Take): MaybePromise<CounterState[]>;
  /** Why limits can't be counted, in words for an operator; null if they can. */
  readonly unavailableReason: string | null;
  close(): Promise<void>;
}
