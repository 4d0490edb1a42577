/** Numbers of the change feed that were skipped: from `first` to `last`. */
export interface Gap {
  first: number;
  last: number;
  /** When it was noticed (monotonic, ms). */
  noticedAt: number;
}

/** The skipped numbers that a transaction may still hold, in spans: a wide transaction holds thousands. */
export class Gaps {
  #gaps: Gap[] = [];

  get all(): readonly Gap[] {
    return this.#gaps;
  }

  /** Nothing where `last` is below `first`. */
  add(gap: Gap): void {
    if (gap.first <= gap.last) this.#gaps.push(gap);
  }

  /** What is committed is skipped no more. False for a number that was not. */
  fill(seq: number): boolean {
    const at = this.#gaps.findIndex(({ first, last }) => first <= seq && seq <= last);
    const gap = this.#gaps[at];
    if (!gap) return false;
    const rest = [
      { ...gap, last: seq - 1 },
      { ...gap, first: seq + 1 },
    ];
    this.#gaps.splice(at, 1, ...rest.filter(({ first, last }) => first <= last));
    return true;
  }

  /** Forgets those that were noticed before `instant`: no transaction lives so long. */
  forgetBefore(instant: number): void {
    this.#gaps = this.#gaps.filter(({ noticedAt }) => noticedAt >= instant);
  }

  clear(): void {
    this.#gaps = [];
  }
}
