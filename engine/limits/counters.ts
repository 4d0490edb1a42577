import { periodAt } from "#core/limits/period.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import { SlidingWindow } from "#core/limits/window.ts";
import type { PassedBefore } from "./usage-backfill.ts";

/** Both clocks, in ms: `monotonic` measures durations, `epoch` determines the calendar period. */
export interface ClockTimes {
  monotonic: number;
  epoch: number;
}

/** The units allowed by one limit. */
export interface Counter {
  /** The limit as it was at the last call. */
  readonly limit: Limit;
  readonly used: number;
  /** The part of `used` that was allowed here, not restored from the usage counts. */
  readonly passedHere: number;
  /** Evaluates a call that costs `cost` units. `share`: the part of the limit that this process may allow. */
  look(limit: Limit, share: number, cost: number, at: ClockTimes): CounterState;
  add(units: number, at: ClockTimes): void;
  /** The latest terms under which it was compared with the usage counts; infinite if it need not be. */
  readonly termsSince: number;
  /** Raises the counter to the units in the usage counts, which were read under these terms. */
  raise(units: number, termsSince: number): void;
  /** Whether nothing is counted anymore, so that the counter can be dropped. */
  isOver(at: ClockTimes): boolean;
}

type RateLimit = Limit & { kind: "rate" };
type QuotaLimit = Limit & { kind: "quota" };

export class WindowCounter implements Counter {
  limit: RateLimit;
  /** A window is short. */
  readonly termsSince = Number.POSITIVE_INFINITY;
  readonly #window = new SlidingWindow();
  #here = 0;

  constructor(limit: RateLimit, before: PassedBefore[], { monotonic }: ClockTimes) {
    this.limit = limit;
    for (const { agoMs, units } of before) this.#window.add(monotonic - agoMs, this.#windowMs, units);
  }

  get used(): number {
    return this.#window.used;
  }

  get passedHere(): number {
    return Math.min(this.#here, this.#window.used);
  }

  look(limit: RateLimit, share: number, cost: number, { monotonic }: ClockTimes): CounterState {
    this.limit = limit;
    const windowMs = this.#windowMs;
    this.#window.slide(monotonic, windowMs);
    const waitMs = this.#window.waitMs(monotonic, windowMs, share, cost);
    const used = limit.rate.limit - share + this.#window.used;
    return { limit, fits: waitMs === 0, used, waitMs, resetMs: this.#window.resetMs(monotonic, windowMs) };
  }

  add(units: number, { monotonic }: ClockTimes): void {
    this.#window.add(monotonic, this.#windowMs, units);
    this.#here += units;
  }

  raise(): void {}

  isOver({ monotonic }: ClockTimes): boolean {
    this.#window.slide(monotonic, this.#windowMs);
    return this.#window.used === 0;
  }

  get #windowMs(): number {
    return this.limit.rate.windowSeconds * 1_000;
  }
}

/**
 * How long a quota's counter is kept outside its period: a wall clock that jumped past the period's end may jump back.
 * After this time, the usage counts contain everything that was allowed.
 */
const KEPT_MS = 60_000;

/** Counts the units of one calendar period: the one in which the counter is created. */
export class QuotaCounter implements Counter {
  limit: QuotaLimit;
  used: number;
  passedHere = 0;
  termsSince: number;
  readonly #period: { start: number; end: number };
  /** Monotonic. */
  #askedAt: number;

  constructor(limit: QuotaLimit, before: number, { monotonic, epoch }: ClockTimes) {
    this.limit = limit;
    this.used = before;
    this.termsSince = limit.termsSince ?? 0;
    this.#period = periodAt(limit.quota.period, epoch);
    this.#askedAt = monotonic;
  }

  look(limit: QuotaLimit, share: number, cost: number, { monotonic, epoch }: ClockTimes): CounterState {
    this.limit = limit;
    this.#askedAt = monotonic;
    const fits = this.used + cost <= share;
    const resetMs = this.#period.end - epoch;
    const used = limit.quota.limit - share + this.used;
    return { limit, fits, used, waitMs: fits ? 0 : resetMs, resetMs };
  }

  add(units: number): void {
    this.used += units;
    this.passedHere += units;
  }

  raise(units: number, termsSince: number): void {
    this.used = Math.max(this.used, units);
    this.termsSince = Math.max(this.termsSince, termsSince);
  }

  isOver({ monotonic, epoch }: ClockTimes): boolean {
    const { start, end } = this.#period;
    return (epoch < start || epoch >= end) && monotonic - this.#askedAt >= KEPT_MS;
  }
}
