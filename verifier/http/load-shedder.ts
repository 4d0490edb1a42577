/** How many checks begin in one turn of the event loop. Their responses are sent together at its end. */
interface Bound {
  /** As many as can be evaluated in this time, ms, */
  turnMs: number;
  /** but at least this many, however slow the machine, */
  min: number;
  /** and at most this many. */
  max: number;
}

/** With this many requests in a turn, the verifier has not caught up with the turn before. Fewer are all accepted. */
const SATURATED = 96;
/** A burst is accepted as long as it can be answered soon. */
const NORMAL: Bound = { turnMs: 6, min: SATURATED, max: 512 };
/** During sustained overload every turn is kept short, so that accepted requests don't wait for the others. */
const OVERLOADED: Bound = { turnMs: 2, min: 32, max: 128 };
/** Sustained overload begins once every turn was saturated for this long, and ends once none was. */
const SETTLE_MS = 100;
/** The weight of the latest turn in the average time of a check. A turn that was not saturated weighs less. */
const LATEST_WEIGHT = 0.1;

interface Pending {
  begin: () => void;
  reject: () => void;
}

interface LoadShedderOptions {
  /** Called after all accepted requests of a turn have begun. */
  onTurnBegun?: () => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** At least 0, less than 1. */
  random?: () => number;
}

/**
 * Limits the load on a verifier: accepted requests are answered soon, and the rest are rejected unread. Chooses at
 * random among the requests of one turn. In order of arrival, the clients answered last would be first again, and
 * others would never be answered.
 */
export class LoadShedder {
  readonly #onTurnBegun: () => void;
  readonly #clock: () => number;
  readonly #random: () => number;
  #pending: Pending[] = [];
  #bound = NORMAL;
  /** Since when the load has not matched `#bound`; null while it does. */
  #mismatchSince: number | null = null;
  /** The average time to evaluate a check, ms. */
  #checkMs = 0;
  /** Of this turn: how many are accepted, when that was decided, and which are rejected. */
  #capacity = 0;
  #decidedAt = 0;
  #rejected: Pending[] = [];
  #endedAt = 0;

  constructor({ onTurnBegun, clock, random }: LoadShedderOptions = {}) {
    this.#onTurnBegun = onTurnBegun ?? (() => {});
    this.#clock = clock ?? (() => performance.now());
    this.#random = random ?? Math.random;
  }

  /** Calls exactly one of the two before this turn of the event loop ends. */
  submit(begin: () => void, reject: () => void): void {
    if (this.#pending.push({ begin, reject }) > 1) return;
    setImmediate(() => this.#decide());
    // In the same turn, but after everything that `#decide` begins, including its `process.nextTick` callbacks.
    setImmediate(() => this.#endTurn());
  }

  #decide(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#decidedAt = this.#clock();
    this.#updateBound(pending.length, this.#decidedAt);
    const max = pending.length < SATURATED ? SATURATED : this.#capacityOfTurn();
    this.#capacity = Math.min(pending.length, max);
    if (this.#capacity < pending.length) this.#draw(pending, this.#capacity);
    this.#rejected = pending.splice(this.#capacity);
    for (const { begin } of pending) begin();
  }

  #endTurn(): void {
    const checkMs = (this.#clock() - this.#decidedAt) / this.#capacity;
    const weight = LATEST_WEIGHT * Math.min(1, this.#capacity / SATURATED);
    this.#checkMs += (checkMs - this.#checkMs) * weight;
    this.#onTurnBegun();
    for (const { reject } of this.#rejected) reject();
    this.#endedAt = this.#clock();
  }

  #updateBound(pending: number, nowMs: number): void {
    if (nowMs - this.#endedAt >= SETTLE_MS) {
      // There were no requests for this long.
      this.#bound = NORMAL;
      this.#mismatchSince = null;
    }
    const suitable = pending < SATURATED ? NORMAL : OVERLOADED;
    if (suitable === this.#bound) this.#mismatchSince = null;
    else this.#mismatchSince ??= nowMs;
    if (this.#mismatchSince === null || nowMs - this.#mismatchSince < SETTLE_MS) return;
    this.#bound = suitable;
    this.#mismatchSince = null;
  }

  #capacityOfTurn(): number {
    const { turnMs, min, max } = this.#bound;
    return Math.min(max, Math.max(min, Math.floor(turnMs / this.#checkMs)));
  }

  /** Moves `count` requests, chosen at random, to the front. */
  #draw(pending: Pending[], count: number): void {
    for (let at = 0; at < count; at++) {
      const drawn = at + Math.floor(this.#random() * (pending.length - at));
      [pending[at], pending[drawn]] = [pending[drawn] as Pending, pending[at] as Pending];
    }
  }
}
