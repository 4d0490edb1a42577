/** No verdict is certain: the client gets 503 instead of a guess (docs/operate/failures.md). */
export class VerdictUnavailable extends Error {
  override readonly name = "VerdictUnavailable";
}

/**
 * Limits concurrent and waiting reads of the database and rejects the rest, so that a flood of unknown keys neither
 * overloads the database nor delays known keys.
 */
export class FillGate {
  readonly #maxConcurrent: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(maxConcurrent: number, maxWaiting: number) {
    this.#maxConcurrent = maxConcurrent;
    this.#maxWaiting = maxWaiting;
  }

  /** Runs `work` once fewer than the maximum run. Throws `VerdictUnavailable` when too many wait. */
  async through<T>(work: () => Promise<T>): Promise<T> {
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

/** Rejects with `VerdictUnavailable` and the reason `why` if `work` takes longer than `ms`. */
export function withTimeout<T>(ms: number, work: Promise<T>, why: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new VerdictUnavailable(why)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
