/** Both clocks of a machine. Tests replace them. */
export interface Clock {
  /** Ms since any moment. It never jumps, and may stop while the machine sleeps. */
  monotonic(): number;
  /** Epoch ms. It goes on while the machine sleeps, and can be set. */
  wall(): number;
}

export const SYSTEM_CLOCK: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

/** The time by both clocks. */
export interface ClockTimes {
  monotonicMs: number;
  wallMs: number;
}

/** Before every other time. */
export const NEVER: ClockTimes = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };

/** The current moment. */
export function readClock(clock: Clock): ClockTimes {
  return { monotonicMs: clock.monotonic(), wallMs: clock.wall() };
}

/** The moment `ms` later, or earlier if `ms` is negative. */
export function shifted({ monotonicMs, wallMs }: ClockTimes, ms: number): ClockTimes {
  return { monotonicMs: monotonicMs + ms, wallMs: wallMs + ms };
}

/**
 * How long ago `since` was at `now`, ms: the longer time if the clocks disagree. Then the machine slept, or a clock was
 * set, and what is remembered must not look newer than it is.
 */
export function elapsedMs(since: ClockTimes, now: ClockTimes): number {
  return Math.max(now.monotonicMs - since.monotonicMs, now.wallMs - since.wallMs);
}
