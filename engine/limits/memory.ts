import { countCall } from "#core/limits/evaluate.ts";
import { counterNameAt, newTermsAt } from "#core/limits/period.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";
import { type ClockTimes, type Counter, QuotaCounter, WindowCounter } from "./counters.ts";
import type { Limiter, Take } from "./limiter.ts";
import type { UsageBackfill } from "./usage-backfill.ts";

interface MemoryLimiterOptions {
  backfill: UsageBackfill;
  /** Monotonic, ms: a jump of the wall clock must not reset a window. */
  clock?: () => number;
  /** The part of a limit that this process may allow. Default: all of it. */
  shareOf?: (limit: number) => number;
}

/** Counters checked for expiry with each new one, so that they can't pile up, and each ms with calls. */
const SWEPT = { perCounter: 2, perMs: 16 };

/** Keeps counters in memory. Exact if all calls go through this process. */
export class MemoryLimiter implements Limiter {
  readonly unavailableReason = null;
  readonly #backfill: UsageBackfill;
  readonly #clock: () => number;
  readonly #shareOf: (limit: number) => number;
  #since: number;
  readonly #counters = new Map<string, Counter>();
  /** Counters that are being restored from the usage counts. */
  readonly #reading = new Map<string, Promise<void>>();
  #sweeping = this.#counters.entries();
  #sweptAt = Number.NEGATIVE_INFINITY;
  /** How many counters to check after this call. */
  #toSweep = 0;

  constructor({ backfill, clock, shareOf }: MemoryLimiterOptions) {
    this.#backfill = backfill;
    this.#clock = clock ?? (() => performance.now());
    this.#shareOf = shareOf ?? ((limit) => limit);
    this.#since = this.#clock();
  }

  take(take: Take): MaybePromise<CounterState[]> {
    const at = { monotonic: this.#clock(), epoch: take.nowMs };
    const counters: Counter[] = [];
    let reading: Promise<void>[] | null = null;
    for (const limit of take.limits) {
      const counter = this.#counterOf(limit, at);
      if (counter && (newTermsAt(limit, at.epoch) ?? 0) <= counter.termsSince) counters.push(counter);
      else reading = [...(reading ?? []), this.#restore(limit, at)];
    }
    if (reading) return Promise.all(reading).then(() => this.take(take));
    return this.#takeFrom(counters, take, at);
  }

  /** Returns the units allowed here that still count, and resets the counters. */
  drain(nowMs: number): { limit: Limit; units: number }[] {
    const at = { monotonic: this.#clock(), epoch: nowMs };
    const counted = [...this.#counters].flatMap(([name, counter]) => {
      // A quota's counter of another period may still be kept, but does not count in this one.
      const counts = name === counterNameAt(counter.limit, nowMs) && !counter.isOver(at);
      return counts ? [{ limit: counter.limit, units: counter.passedHere }] : [];
    });
    this.reset();
    return counted.filter(({ units }) => units > 0);
  }

  /** Drops all counters. Call this if another process counted until now: its counts are restored from usage. */
  reset(): void {
    this.#counters.clear();
    this.#reading.clear();
    this.#since = this.#clock();
  }

  async close(): Promise<void> {}

  #takeFrom(counters: Counter[], { limits, cost, consume }: Take, at: ClockTimes): CounterState[] {
    let fit = true;
    const counted = limits.map((limit, index) => {
      const share = this.#shareOf(limit.kind === "rate" ? limit.rate.limit : limit.quota.limit);
      const one = (counters[index] as Counter).look(limit, share, cost, at);
      fit &&= one.fits;
      return one;
    });
    if (fit && consume && cost > 0) {
      for (const [index, one] of counted.entries()) {
        counters[index]?.add(cost, at);
        countCall(one, cost);
      }
    }
    if (at.monotonic - this.#sweptAt >= 1) {
      this.#sweptAt = at.monotonic;
      this.#toSweep += SWEPT.perMs;
    }
    // Only now: new counters that have not counted the call yet look as if they were over.
    if (this.#toSweep > 0) this.#sweep(at);
    return counted;
  }

  #add(name: string, counter: Counter): void {
    this.#counters.set(name, counter);
    this.#toSweep += SWEPT.perCounter;
  }

  /** Undefined if usage must be read first: for a new quota, and for a window that began before this process counted. */
  #counterOf(limit: Limit, at: ClockTimes): Counter | undefined {
    const name = counterNameAt(limit, at.epoch);
    const known = this.#counters.get(name);
    if (known || limit.kind === "quota") return known;
    const windowMs = limit.rate.windowSeconds * 1_000;
    if (at.monotonic - this.#since < windowMs) return undefined;
    const counter = new WindowCounter(limit, [], at);
    this.#add(name, counter);
    return counter;
  }

  /** Calls that need the same counter share one read and continue in the order in which they arrived. */
  #restore(limit: Limit, at: ClockTimes): Promise<void> {
    const name = counterNameAt(limit, at.epoch);
    const pending = this.#reading.get(name);
    if (pending) return pending;
    const reading = this.#restoreCounter(limit, at).finally(() => {
      if (this.#reading.get(name) === reading) this.#reading.delete(name);
    });
    this.#reading.set(name, reading);
    return reading;
  }

  async #restoreCounter(limit: Limit, at: ClockTimes): Promise<void> {
    const counter = await this.#readUsed(limit, at);
    const known = this.#counterOf(limit, at);
    if (known) known.raise(counter.used, limit.termsSince ?? 0);
    else this.#add(counterNameAt(limit, at.epoch), counter);
  }

  async #readUsed(limit: Limit, at: ClockTimes): Promise<Counter> {
    if (limit.kind === "quota") {
      return new QuotaCounter(limit, await this.#backfill.ofQuota(limit, at.epoch), at);
    }
    const before = await this.#backfill.ofWindow(limit, at.epoch);
    return new WindowCounter(limit, before, { ...at, monotonic: this.#clock() });
  }

  #sweep(at: ClockTimes): void {
    for (; this.#toSweep > 0; this.#toSweep--) {
      const next = this.#sweeping.next();
      if (next.done) {
        this.#sweeping = this.#counters.entries();
        this.#toSweep = 0;
        return;
      }
      const [name, counter] = next.value;
      if (counter.isOver(at)) this.#counters.delete(name);
    }
  }
}
