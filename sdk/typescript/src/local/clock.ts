/** Both clocks of a machine. Tests replace them. */
export interface Clock {
  /** Ms since any moment. It never jumps, and may stop while the machine sleeps. */
  monotonic(): number;
  /** Epoch ms. */
  wall(): number;
}

export const SYSTEM_CLOCK: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };
