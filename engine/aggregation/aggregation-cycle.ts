/** Lets callers wait for the next complete run of work that is repeated. */
export class AggregationCycle {
  #next = Promise.withResolvers<void>();
  #begun: PromiseWithResolvers<void>[] = [];
  #isAwaited = false;

  /** Whether a caller waits for the next cycle. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Resolves when a cycle that begins after this call has completed. */
  nextCompleted(): Promise<void> {
    this.#isAwaited = true;
    return this.#next.promise;
  }

  /** Call this when a cycle begins that does all pending work. */
  begin(): void {
    this.#begun.push(this.#next);
    this.#next = Promise.withResolvers();
    this.#isAwaited = false;
  }

  /** Call this when a cycle has completed. If one fails, its callers wait for the next. */
  end(): void {
    for (const { resolve } of this.#begun.splice(0)) resolve();
  }
}
