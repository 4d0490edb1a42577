export interface ModelRate {
  limit: number;
  windowSeconds: number;
}

export interface ModelQuota {
  limit: number;
  period: "day" | "month";
}

export interface ModelLimits {
  rate: ModelRate | null;
  quota: ModelQuota | null;
}

/**
 * A check within one window after the loss of all counters backfills its counter from the usage counts of whole
 * minutes. All of them may count for another window, and the granularity of the counter.
 */
const WINDOWS_UNTIL_EXACT = 2 + 1 / 60;

interface Consumption {
  atMs: number;
  units: number;
}

/** A key or project with its limits and the checks that passed. */
export class Limited {
  limits: ModelLimits = { rate: null, quota: null };
  readonly passed: Consumption[] = [];
  /** Until then the rate limit may deny too many or too few: it was just set, or its counter was lost. */
  uncertainUntilMs = Number.NEGATIVE_INFINITY;
  /** A new quota includes what passed earlier in its period. */
  readonly #quotas = new Map<ModelQuota["period"], { startMs: number; used: number }>();

  /** `countedSinceMs`: when the product lost its counters last, or began to count. */
  setLimits(limits: ModelLimits, nowMs: number, countedSinceMs: number): void {
    this.#setUncertainFor(this.limits.rate, nowMs);
    this.limits = limits;
    this.#setUncertainFor(limits.rate, nowMs);
    this.#setUncertainFor(limits.rate, countedSinceMs, WINDOWS_UNTIL_EXACT);
  }

  /** The counter is lost and rebuilt from usage counters, which are by minute and hour. */
  loseCounter(nowMs: number): void {
    this.#setUncertainFor(this.limits.rate, nowMs, WINDOWS_UNTIL_EXACT);
    this.recountQuotas();
  }

  recountQuotas(): void {
    this.#quotas.clear();
  }

  consume(units: number, atMs: number): void {
    const counter = this.#quotaAt(atMs);
    if (counter) counter.used += units;
    this.passed.push({ atMs, units });
  }

  /** Whether the rate limit denies. "may": its counter has a granularity of a sixtieth of the window. */
  rateDenies(cost: number, nowMs: number): "must" | "may" | "never" {
    const { rate } = this.limits;
    if (rate === null) return "never";
    if (nowMs < this.uncertainUntilMs) return "may";
    const windowMs = rate.windowSeconds * 1_000;
    if (this.#unitsSince(nowMs - windowMs) + cost > rate.limit) return "must";
    return this.#unitsSince(nowMs - windowMs * (1 + 1 / 60) - 1) + cost > rate.limit ? "may" : "never";
  }

  /** Bounds of what the rate limit has left; infinite without a limit, null when uncertain. */
  rateLeft(nowMs: number): [least: number, most: number] | null {
    const { rate } = this.limits;
    if (rate === null) return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    if (nowMs < this.uncertainUntilMs) return null;
    const windowMs = rate.windowSeconds * 1_000;
    const [most, least] = [windowMs, windowMs * (1 + 1 / 60) + 1].map((spanMs) =>
      Math.max(0, rate.limit - this.#unitsSince(nowMs - spanMs)),
    ) as [number, number];
    return [least, most];
  }

  /** What is left of the quota in this period; infinite without a quota. */
  quotaLeft(nowMs: number): number {
    const counter = this.#quotaAt(nowMs);
    return counter && this.limits.quota ? this.limits.quota.limit - counter.used : Number.POSITIVE_INFINITY;
  }

  #quotaAt(nowMs: number) {
    const { quota } = this.limits;
    if (quota === null) return null;
    const now = new Date(nowMs);
    const day = quota.period === "day" ? now.getUTCDate() : 1;
    const startMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day);
    const known = this.#quotas.get(quota.period);
    if (known?.startMs === startMs) return known;
    const counter = { startMs, used: this.#unitsSince(startMs - 1) };
    this.#quotas.set(quota.period, counter);
    return counter;
  }

  #unitsSince(ms: number): number {
    return this.passed.filter(({ atMs }) => atMs > ms).reduce((sum, { units }) => sum + units, 0);
  }

  #setUncertainFor(rate: ModelRate | null, nowMs: number, windows = 1): void {
    const forMs = windows * (rate?.windowSeconds ?? 0) * 1_000;
    if (rate) this.uncertainUntilMs = Math.max(this.uncertainUntilMs, nowMs + forMs);
  }
}
