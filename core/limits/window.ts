/** Units within one of these parts of a window are one entry, which expires with the last of them. */
const GRANULES = 60;
/** Expired entries are removed in batches of this size. */
const COMPACT_AT = 128;

/** Units that passed at `atMs` or shortly before, on the counter's own clock. */
export interface CountedUnits {
  atMs: number;
  units: number;
}

/** The number of the part of the window that contains `atMs`. All units of a part count as of its last call. */
export function granularityOf(atMs: number, windowMs: number): number {
  return Math.floor((atMs * GRANULES) / windowMs);
}

/**
 * A sliding log. A unit that passed at `t` counts until `t + window`, or up to a sixtieth of the window longer. No span
 * of the window's length ever contains more units than the limit, and a caller that always retries gets at least 60/61
 * of it. Small limits are exact.
 */
export class SlidingWindow {
  used = 0;
  #atMs: number[] = [];
  #units: number[] = [];
  #first = 0;

  /** Removes expired units. */
  slide(nowMs: number, windowMs: number): void {
    while (this.#first < this.#atMs.length && this.#at(this.#first) + windowMs <= nowMs) {
      this.used -= this.#units[this.#first] ?? 0;
      this.#first++;
    }
    if (this.#first < COMPACT_AT) return;
    this.#atMs = this.#atMs.slice(this.#first);
    this.#units = this.#units.slice(this.#first);
    this.#first = 0;
  }

  /** Adds units that pass now. */
  add(nowMs: number, windowMs: number, units: number): void {
    if (units === 0) return;
    const last = this.#atMs.length - 1;
    if (last >= this.#first && granularityOf(this.#at(last), windowMs) === granularityOf(nowMs, windowMs)) {
      this.#units[last] = (this.#units[last] ?? 0) + units;
      this.#atMs[last] = Math.max(this.#at(last), nowMs);
    } else {
      this.#atMs.push(nowMs);
      this.#units.push(units);
    }
    this.used += units;
  }

  /** How long until `units` more fit, ms; 0 if they fit now, the whole window if they never can. */
  waitMs(nowMs: number, windowMs: number, limit: number, units: number): number {
    let tooMany = this.used + units - limit;
    if (tooMany <= 0) return 0;
    for (let at = this.#first; at < this.#atMs.length; at++) {
      tooMany -= this.#units[at] ?? 0;
      if (tooMany <= 0) return Math.max(0, this.#at(at) + windowMs - nowMs);
    }
    return windowMs;
  }

  /** How long until the oldest units become available again, ms. */
  resetMs(nowMs: number, windowMs: number): number {
    return this.#first < this.#atMs.length ? Math.max(0, this.#at(this.#first) + windowMs - nowMs) : 0;
  }

  /** The units that count, oldest first. */
  entries(): CountedUnits[] {
    return this.#atMs.slice(this.#first).map((atMs, at) => ({
      atMs,
      units: this.#units[this.#first + at] ?? 0,
    }));
  }

  #at(index: number): number {
    return this.#atMs[index] ?? 0;
  }
}
