import { VerdictUnavailable } from "../check/verdict-unavailable.ts";

/**
 * Limits concurrent and waiting reads of the database and rejects the rest, so that a flood of unknown keys neither
 * overloads the database nor delays known keys.
 */
export class ReadLimiter {
  readonly #maxConcurrent: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(maxConcurrent: number, maxWaiting: number) {
    this.#maxConcurrent = maxConcurrent;
    this.#maxWaiting = maxWaiting;
  }

  /** Runs `work` once fewer than the maximum run. Throws `VerdictUnavailable` when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#maxConcurrent) this.#running++;
    else if (this.#waiting.length >= this.#maxWaiting)
      throw new VerdictUnavailable("too many keys are being looked up");
    // A finished read passes its place to a waiting one: the number running is unchanged.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
