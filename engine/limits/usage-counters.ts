import { setTimeout as sleep } from "node:timers/promises";
import { counterNameAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";
import { VerdictUnavailable, withTimeout } from "../check/verdict-unavailable.ts";
import type { PassedBefore, UsageBackfill } from "./usage-backfill.ts";

/** The longest that a call waits for usage counts, ms: less than gateways wait. */
export const USAGE_COUNTERS_TIMEOUT_MS = 2_500;
/** Maximum number of calls that may wait. */
const MAX_WAITING = 2_000;
const NOT_IN_TIME = "the usage counts are not complete yet";

/** By the counter's name. */
type PendingReads<T> = Map<string, Promise<T>>;

/**
 * Restores counters from the usage counts once those contain everything answered before. The wait has a timeout, and
 * calls that need the same counter share one read.
 */
export class UsageCounters implements UsageBackfill {
  readonly #counts: UsageBackfill;
  readonly #countedUp: () => Promise<void>;
  readonly #windows: PendingReads<PassedBefore[]> = new Map();
  readonly #quotas: PendingReads<number> = new Map();
  #ready: Promise<void>;
  #waiting = 0;

  /** `countedUp` resolves when everything answered before the call is in `counts`. */
  constructor(counts: UsageBackfill, countedUp: () => Promise<void>) {
    this.#counts = counts;
    this.#countedUp = countedUp;
    this.#ready = countedUp();
  }

  /**
   * Counters were lost. Call this before new ones are restored. `afterMs`: how long a verifier may still answer a call
   * that the lost counters allowed.
   */
  reset(afterMs = 0): void {
    this.#ready = afterMs === 0 ? this.#countedUp() : sleep(afterMs).then(() => this.#countedUp());
  }

  ofWindow(limit: Limit & { kind: "rate" }, nowMs: number): Promise<PassedBefore[]> {
    const read = () => this.#counts.ofWindow(limit, nowMs);
    return this.#waitFor(() => this.#readOnce(this.#windows, counterNameAt(limit, nowMs), read));
  }

  ofQuota(limit: Limit & { kind: "quota" }, nowMs: number): Promise<number> {
    const read = () => this.#counts.ofQuota(limit, nowMs);
    return this.#waitFor(() => this.#readOnce(this.#quotas, counterNameAt(limit, nowMs), read));
  }

  async #waitFor<T>(read: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new VerdictUnavailable("too many calls wait for usage counts");
    this.#waiting++;
    try {
      return await withTimeout(USAGE_COUNTERS_TIMEOUT_MS, read(), NOT_IN_TIME);
    } finally {
      this.#waiting--;
    }
  }

  #readOnce<T>(pending: PendingReads<T>, name: string, read: () => Promise<T>): Promise<T> {
    const known = pending.get(name);
    if (known) return known;
    const whole = this.#readWhole(read).finally(() => pending.delete(name));
    pending.set(name, whole);
    return whole;
  }

  /** Reads again if counters were lost during the read: the result may lack what they had counted. */
  async #readWhole<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const ready = this.#ready;
      await ready;
      const found = await read();
      if (ready === this.#ready) return found;
    }
  }
}
