import type { Limit } from "#core/limits/types.ts";
import { CannotVouch } from "../fills.ts";
import { nameAt } from "./counter-name.ts";
import type { PassedBefore, UsedBefore } from "./used-before.ts";
import { within } from "./within.ts";

/** So long a call waits for them: less than gateways wait. */
export const FIGURES_WITHIN_MS = 2_500;
/** So many calls wait at most. */
const WAITING_MOST = 2_000;
const NOT_IN_TIME = "the usage figures don't hold yet what was used before";

/** By the counter's name. */
type Reading<T> = Map<string, Promise<T>>;

/**
 * The usage figures for counters that begin anew, once they hold all that was answered before. Nobody waits
 * long for that, and each is read once for all who ask.
 */
export class Figures implements UsedBefore {
  readonly #figures: UsedBefore;
  readonly #countedUp: () => Promise<void>;
  readonly #windows: Reading<PassedBefore[]> = new Map();
  readonly #quotas: Reading<number> = new Map();
  #ready: Promise<void>;
  #waiting = 0;

  /** `countedUp` resolves when all that was answered until it is called is in `figures`. */
  constructor(figures: UsedBefore, countedUp: () => Promise<void>) {
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
    if (this.#waiting >= WAITING_MOST) throw new CannotVouch("too many wait for what was used before");
    this.#waiting++;
    try {
      return await within(FIGURES_WITHIN_MS, read(), NOT_IN_TIME);
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
