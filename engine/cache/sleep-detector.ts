/** The difference between the clocks grows by less than this from one request to the next, ms. */
const MIN_SLEEP_MS = 1_000;

interface Clocks {
  /** Ms since any moment. It stops while the machine sleeps. */
  monotonic: () => number;
  /** Epoch ms. It goes on while the machine sleeps, and can be set. */
  wall: () => number;
}

/**
 * Detects that the machine slept. What it remembers is older then than the monotonic clock says, and must not be used. A
 * wall clock that is set forward counts as a sleep too.
 */
export class SleepDetector {
  readonly #clocks: Clocks;
  /** The wall clock minus the monotonic clock, ms. */
  #difference: number;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#difference = clocks.wall() - clocks.monotonic();
  }

  /** Whether the machine slept for a second or more since the last call. */
  hasSlept(): boolean {
    const { monotonic, wall } = this.#clocks;
    const before = this.#difference;
    this.#difference = wall() - monotonic();
    return this.#difference - before > MIN_SLEEP_MS;
  }
}
