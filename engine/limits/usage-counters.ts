import type { Limit } from "#core/limits/types.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { nameAt } from "./counter-name.ts";
import type { PassedBefore, UsageBackfill } from "./usage-backfill.ts";
import { withTimeout } from "./within.ts";

/** The longest that a call waits for usage counts, ms: less than gateways wait. */
export const USAGE_COUNTERS_TIMEOUT_MS = 2_500;
/** The most calls that may wait. */
const MAX_WAITING = 2_000;
const NOT_IN_TIME = "the usage figures don't hold yet what was used before";

/** By the counter's name. */
type Reading<T> = Map<string, Promise<T>>;

/**
 * The usage figures for counters that begin anew, once they hold all that was answered before. Nobody waits
 * long for that, and each is read once for all who ask.
 */
export class UsageCounters implements UsageBackfill {
  readonly #figures: UsageBackfill;
  readonly #countedUp: () => Promise<void>;
  readonly #windows: Reading<PassedBefore[]> = new Map();
  readonly #quotas: Reading<number> = new Map();
  #ready: Promise<void>;
  #waiting = 0;

  /** `countedUp` resolves when all that was answered until it is called is in `figures`. */
  constructor(figures: UsageBackfill, countedUp: () => Promise<void>) {
    this.#figures = figures;
    this.#countedUp = countedUp;
    this.#ready = countedUp();
  }

  /** Counters were lost: to be called before those that take their place are asked for. */
  beginAnew(): void {
    this.#ready = this.#countedUp();
  }

  ofWindow(limit: Limit & { kind: "rate" }, nowMs: number): Promise<PassedBefore[]> {
    const read = () => this.#figures.ofWindow(limit, nowMs);
    return this.#waitFor(() => this.#readOnce(this.#windows, nameAt(limit, nowMs), read));
  }

  ofQuota(limit: Limit & { kind: "quota" }, nowMs: number): Promise<number> {
    const read = () => this.#figures.ofQuota(limit, nowMs);
    return this.#waitFor(() => this.#readOnce(this.#quotas, nameAt(limit, nowMs), read));
  }

  async #waitFor<T>(read: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new VerdictUnavailable("too many wait for what was used before");
    this.#waiting++;
    try {
      return await withTimeout(USAGE_COUNTERS_TIMEOUT_MS, read(), NOT_IN_TIME);
    } finally {
      this.#waiting--;
    }
  }

  #readOnce<T>(reading: Reading<T>, name: string, read: () => Promise<T>): Promise<T> {
    const known = reading.get(name);
    if (known) return known;
    const whole = this.#readWhole(read).finally(() => reading.delete(name));
    reading.set(name, whole);
    return whole;
  }

  /** What was read while counters were lost once more may lack what those had counted. */
  async #readWhole<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const ready = this.#ready;
      await ready;
      const found = await read();
      if (ready === this.#ready) return found;
    }
  }
}
