/** Work that is done again and again, and those who wait for the next time that it is done from the beginning. */
export class Rounds {
  #next = Promise.withResolvers<void>();
  #begun: PromiseWithResolvers<void>[] = [];

  #awaited = false;

  /** Resolves when a round that begins from now on has got through. */
  whole(): Promise<void> {
    this.#awaited = true;
    return this.#next.promise;
  }

  /** To be called when a round begins. True when somebody waits for it: it has to do all there is. */
  begin(): boolean {
    const wasAwaited = this.#awaited;
    this.#awaited = false;
    this.#begun.push(this.#next);
    this.#next = Promise.withResolvers();
    return wasAwaited;
  }

  /** To be called when one got through; one that failed is made up for by the next. */
  end(): void {
    for (const { resolve } of this.#begun.splice(0)) resolve();
  }
}
