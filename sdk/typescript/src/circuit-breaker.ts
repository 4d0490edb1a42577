/** Failures in a row after which a verifier is not asked for a while. */
const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/**
 * Stops requests to a verifier that fails. After a pause, one request tries it again; the pause doubles with each
 * failed try, up to 30 seconds.
 */
export class CircuitBreaker {
  #failures = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #openUntilMs = 0;
  #isTrying = false;

  /** Whether a request may be sent at `nowMs`. */
  allows(nowMs: number): boolean {
    return this.#failures < FAILURES_TO_OPEN || (!this.#isTrying && nowMs >= this.#openUntilMs);
  }

  /** Notes that a request that `allows` permitted is being sent. */
  begin(): void {
    if (this.#failures >= FAILURES_TO_OPEN) this.#isTrying = true;
  }

  succeed(): void {
    this.#failures = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#isTrying = false;
  }

  fail(nowMs: number): void {
    if (this.#isTrying) this.#pauseMs = Math.min(2 * this.#pauseMs, MAX_PAUSE_MS);
    this.#isTrying = false;
    this.#failures += 1;
    if (this.#failures >= FAILURES_TO_OPEN) this.#openUntilMs = nowMs + this.#pauseMs;
  }

  /** Ends a request whose outcome says nothing about the verifier, for example after an abort. */
  abandon(): void {
    this.#isTrying = false;
  }
}
