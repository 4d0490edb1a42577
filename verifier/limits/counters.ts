import type { Counted, Limit } from "#core/limits/types.ts";
import { SlidingWindow } from "#core/limits/window.ts";
import type { PassedBefore } from "./used-before.ts";

/** The two clocks: `monotonic` measures spans, `epoch` says which calendar period it is. Ms. */
export interface Moment {
  monotonic: number;
  epoch: number;
}

/** The units that one limit has let pass. */
export interface Counter {
  /** As it was when a call was last held to it. */
  readonly limit: Limit;
  readonly used: number;
  /** Of `used`, what was not read from the usage figures. */
  readonly passedHere: number;
  /** What it says of a call of so many units. `share`: what of the limit may be given out here. */
  look(limit: Limit, share: number, cost: number, at: Moment): Counted;
  add(units: number, at: Moment): void;
  /** Nothing is counted any more: it may be forgotten. */
  isOver(at: Moment): boolean;
}

type RateLimit = Limit & { kind: "rate" };
type QuotaLimit = Limit & { kind: "quota" };

export class WindowCounter implements Counter {
  limit: RateLimit;
  readonly #window = new SlidingWindow();
  #here = 0;

  constructor(limit: RateLimit, before: PassedBefore[], { monotonic }: Moment) {
    this.limit = limit;
    for (const { agoMs, units } of before) this.#window.add(monotonic - agoMs, this.#windowMs, units);
  }

  get used(): number {
    return this.#window.used;
  }

  get passedHere(): number {
    return Math.min(this.#here, this.#window.used);
  }

  look(limit: RateLimit, share: number, cost: number, { monotonic }: Moment): Counted {
    this.limit = limit;
    const windowMs = this.#windowMs;
    this.#window.slide(monotonic, windowMs);
    const waitMs = this.#window.waitMs(monotonic, windowMs, share, cost);
    const used = limit.rate.limit - share + this.#window.used;
    return { limit, fits: waitMs === 0, used, waitMs, resetMs: this.#window.resetMs(monotonic, windowMs) };
  }

  add(units: number, { monotonic }: Moment): void {
    this.#window.add(monotonic, this.#windowMs, units);
    this.#here += units;
  }

  isOver({ monotonic }: Moment): boolean {
    this.#window.slide(monotonic, this.#windowMs);
    return this.#window.used === 0;
  }

  get #windowMs(): number {
    return this.limit.rate.windowSeconds * 1_000;
  }
}

export class QuotaCounter implements Counter {
  limit: QuotaLimit;
  used: number;
  passedHere = 0;
  readonly #end: number;

  /** `end` of the calendar period, epoch ms. */
  constructor(limit: QuotaLimit, end: number, before: number) {
    this.limit = limit;
    this.#end = end;
    this.used = before;
  }

  look(limit: QuotaLimit, share: number, cost: number, { epoch }: Moment): Counted {
    this.limit = limit;
    const fits = this.used + cost <= share;
    const resetMs = this.#end - epoch;
    const used = limit.quota.limit - share + this.used;
    return { limit, fits, used, waitMs: fits ? 0 : resetMs, resetMs };
  }

  add(units: number): void {
    this.used += units;
    this.passedHere += units;
  }

  isOver({ epoch }: Moment): boolean {
    return epoch >= this.#end;
  }
}
