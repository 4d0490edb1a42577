/** A use is stored once a minute for each token: that is precise enough for display. */
const STORE_EVERY_MS = 60_000;

/** When service tokens were last used, until it is stored. Holds valid tokens only, of which there are few. */
export class ServiceUses {
  readonly #usedAt = new Map<string, number>();
  readonly #storedAt = new Map<string, number>();

  /** Called for each request. */
  note(id: string, nowMs: number): void {
    this.#usedAt.set(id, nowMs);
  }

  /** The uses to store now: id and epoch ms. A use whose storing fails is replaced by the next one, a minute later. */
  take(): [id: string, at: number][] {
    const due = [...this.#usedAt].filter(([id, at]) => at - (this.#storedAt.get(id) ?? 0) >= STORE_EVERY_MS);
    for (const [id, at] of due) this.#storedAt.set(id, at);
    return due;
  }
}
