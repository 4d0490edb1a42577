/** The verifier can't vouch for an answer: the asker gets 503 rather than a guess (contract, section 8). */
export class VerdictUnavailable extends Error {
  override readonly name = "CannotVouch";
}

/**
 * A door for reads of the database: so many at once, so many waiting, and the rest turned away at once, so
 * that a storm of unknown keys neither drowns the database nor makes known ones wait behind it.
 */
export class FillGate {
  readonly #atOnce: number;
  readonly #waitingMost: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number, waitingMost: number) {
    this.#atOnce = atOnce;
    this.#waitingMost = waitingMost;
  }

  /** Runs `work` when it is its turn. Throws `CannotVouch` when too many wait. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running++;
    else if (this.#waiting.length >= this.#waitingMost)
      throw new VerdictUnavailable("too many keys are being looked up");
    // Whoever leaves hands its place to the one that waits: the number inside stays.
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
