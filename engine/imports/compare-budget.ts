import { SECOND_MS } from "#core/time.ts";
import { leastRecent } from "#platform/least-recent.ts";

/** Maximum number of slow comparisons of a verifier per second (docs/integrate/import-keys.md). */
const MAX_PER_SECOND = 20;
/** Of these, the maximum for unproven tokens. The rest is reserved for tokens that a fast hash has found. */
const MAX_UNPROVEN = 15;
/** The maximum for tokens with the same first characters, so that someone who knows them can't block all others. */
const MAX_PER_LOOKUP = 5;
const MAX_LOOKUPS = 10_000;

/**
 * Limits slow comparisons in a sliding window of one second. A token is proven if a fast hash has found it: someone
 * imported it, so invalid tokens must not delay its comparisons with older imports.
 */
export class CompareBudget {
  readonly #clock: () => number;
  readonly #all: number[] = [];
  readonly #unproven: number[] = [];
  readonly #byLookup = leastRecent<number[]>(MAX_LOOKUPS);

  /** `clock`: monotonic, ms. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Whether another comparison may start now. */
  mayStart(lookup: string, isProven: boolean): boolean {
    const nowMs = this.#clock();
    if (!isBelow(this.#all, MAX_PER_SECOND, nowMs)) return false;
    if (!isProven && !isBelow(this.#unproven, MAX_UNPROVEN, nowMs)) return false;
    const ofLookup = this.#byLookup.get(nameOf(lookup, isProven));
    return ofLookup === undefined || isBelow(ofLookup, MAX_PER_LOOKUP, nowMs);
  }

  /** Counts a comparison if it may start now. Returns whether it may. */
  take(lookup: string, isProven: boolean): boolean {
    if (!this.mayStart(lookup, isProven)) return false;
    const nowMs = this.#clock();
    const name = nameOf(lookup, isProven);
    this.#all.push(nowMs);
    if (!isProven) this.#unproven.push(nowMs);
    this.#byLookup.set(name, [...(this.#byLookup.get(name) ?? []), nowMs]);
    return true;
  }
}

const nameOf = (lookup: string, isProven: boolean) => `${isProven ? "proven" : "unproven"} ${lookup}`;

/** Whether there are fewer times than `max`. Drops those older than a second. */
function isBelow(times: number[], max: number, nowMs: number): boolean {
  while (times.length > 0 && (times[0] ?? 0) <= nowMs - SECOND_MS) times.shift();
  return times.length < max;
}
