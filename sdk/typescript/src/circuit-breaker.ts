/** Failures in a row after which a verifier is not asked for a while. */
const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/** A request that a breaker permitted. Exactly one of its methods must be called. */
export interface Permit {
  succeed(): void;
  /** Ignored if the request was sent before the breaker opened: the pause counts from then. */
  fail(nowMs: number): void;
  /** For an outcome that says nothing about the verifier, for example after an abort. */
  abandon(): void;
}

/**
 * Stops requests to a verifier that fails. After a pause, one request tries it again; the pause doubles with each
 * failed try, up to 30 seconds.
 */
export class CircuitBreaker {
  #failures = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #openUntilMs = 0;
  #isTrying = false;
  /** How often the breaker has closed again. Failures of requests from before that say nothing new. */
  #period = 0;

  /** Whether `begin` would permit a request at `nowMs`. */
  allows(nowMs: number): boolean {
    return !this.#isOpen || (!this.#isTrying && nowMs >= this.#openUntilMs);
  }

  /** Null if no request may be sent at `nowMs`. */
  begin(nowMs: number): Permit | null {
    if (!this.allows(nowMs)) return null;
    const period = this.#period;
    const isTrial = this.#isOpen;
    if (isTrial) this.#isTrying = true;
    return {
      succeed: () => this.#succeed(),
      fail: (failedAtMs) => {
        if (period === this.#period) this.#fail(failedAtMs, isTrial);
      },
      abandon: () => {
        if (period === this.#period && isTrial) this.#isTrying = false;
      },
    };
  }

  get #isOpen(): boolean {
    return this.#failures >= FAILURES_TO_OPEN;
  }

  #succeed(): void {
    if (this.#isOpen) this.#period += 1;
    this.#failures = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#isTrying = false;
  }

  #fail(nowMs: number, isTrial: boolean): void {
    if (this.#isOpen && !isTrial) return;
    if (isTrial) {
      this.#isTrying = false;
      this.#pauseMs = Math.min(2 * this.#pauseMs, MAX_PAUSE_MS);
    } else this.#failures += 1;
    if (this.#isOpen) this.#openUntilMs = nowMs + this.#pauseMs;
  }
}
