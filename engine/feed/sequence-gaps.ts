/** Sequence numbers of the change feed that were skipped, from `first` to `last`. */
export interface Gap {
  first: number;
  last: number;
  /** When the gap was noticed (monotonic, ms). */
  noticedAt: number;
}

/** Skipped numbers that an open transaction may still commit. Stored as ranges: one transaction can hold thousands. */
export class SequenceGaps {
  #gaps: Gap[] = [];

  get all(): readonly Gap[] {
    return this.#gaps;
  }

  /** Ignores a gap whose `last` is below `first`. */
  add(gap: Gap): void {
    if (gap.first <= gap.last) this.#gaps.push(gap);
  }

  /** Removes a number that was committed. Returns false if it was not in a gap. */
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

  /** Drops gaps noticed before `instant`: no transaction lasts that long. */
  forgetBefore(instant: number): void {
    this.#gaps = this.#gaps.filter(({ noticedAt }) => noticedAt >= instant);
  }

  clear(): void {
    this.#gaps = [];
  }
}
