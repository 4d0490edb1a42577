/** Work that is done again and again, and those who wait for the next time that it is done from the beginning. */
export class AggregationCycle {
  #next = Promise.withResolvers<void>();
  #begun: PromiseWithResolvers<void>[] = [];
  #isAwaited = false;

  /** Whether somebody waits for the next one. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Resolves when a round that begins from now on has got through. */
  whole(): Promise<void> {
    this.#isAwaited = true;
    return this.#next.promise;
  }

  /** To be called when a round begins that does all there is. */
  begin(): void {
    this.#begun.push(this.#next);
    this.#next = Promise.withResolvers();
    this.#isAwaited = false;
  }

  /** To be called when one got through; one that failed is made up for by the next. */
  end(): void {
    for (const { resolve } of this.#begun.splice(0)) resolve();
  }
}
