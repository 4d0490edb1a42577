/** Both clocks of a machine. Tests replace them. */
export interface Clock {
  /** Ms since any moment. It never jumps, and may stop while the machine sleeps. */
  monotonic(): number;
  /** Epoch ms. It goes on while the machine sleeps, and can be set. */
  wall(): number;
}

export const SYSTEM_CLOCK: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

/** A moment by both clocks. */
export interface Moment {
  monotonicMs: number;
  wallMs: number;
}

/** Before every other moment. */
export const NEVER: Moment = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };

/** The current moment. */
export function momentOf(clock: Clock): Moment {
  return { monotonicMs: clock.monotonic(), wallMs: clock.wall() };
}

/** The moment `ms` later, or earlier if `ms` is negative. */
export function shifted({ monotonicMs, wallMs }: Moment, ms: number): Moment {
  return { monotonicMs: monotonicMs + ms, wallMs: wallMs + ms };
}

/**
 * How long ago `since` was at `now`, ms: the longer time if the clocks disagree. Then the machine slept, or a clock was
 * set, and what is remembered must not look newer than it is.
 */
export function elapsedMs(since: Moment, now: Moment): number {
  return Math.max(now.monotonicMs - since.monotonicMs, now.wallMs - since.wallMs);
}
