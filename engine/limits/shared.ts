import type { CounterState } from "#core/limits/types.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";
import { parseClusterUrl } from "#platform/redis-url.ts";
import type { Limiter, Take } from "./limiter.ts";
import { MemoryLimiter } from "./memory.ts";
import { type RedisCounters, RedisLimiter, type RedisLimiterOptions } from "./redis.ts";
import { ClusterLimiter } from "./redis-cluster.ts";
import type { UsageBackfill } from "./usage-backfill.ts";

/** What happens to calls with limits while Redis is unavailable. */
export type WithoutRedis = "refuse" | "local";

/** A verifier's share of every limit while all count separately: number `rank` of `of` verifiers. */
export interface LimitShare {
  /** From 0. */
  rank: number;
  of: number;
}

interface SharedLimiterOptions extends RedisLimiterOptions {
  withoutRedis: WithoutRedis;
  /** Returns this verifier's share of a limit. */
  share: () => LimitShare;
  now?: () => number;
}

/** Counts in Redis. While it is unavailable, rejects calls with limits or applies this verifier's share of each limit. */
export class SharedLimiter implements Limiter {
  readonly #redis: RedisCounters;
  readonly #local: MemoryLimiter;
  readonly #withoutRedis: WithoutRedis;
  readonly #now: () => number;

  constructor({ withoutRedis, share, now = Date.now, ...redis }: SharedLimiterOptions) {
    this.#withoutRedis = withoutRedis;
    this.#now = now;
    this.#local = new MemoryLimiter({
      backfill: divideBackfill(redis.backfill, share),
      shareOf: (limit) => shareOf(limit, share()),
    });
    const onHealth = (error: unknown | null) => {
      // Local counters need what Redis allowed before, and the other way around.
      if (withoutRedis === "local") redis.onCountersLost?.();
      if (error === null) void this.#handOver();
      else this.#local.drain(this.#now());
      redis.onHealth?.(error);
    };
    const cluster = parseClusterUrl(redis.url);
    this.#redis =
      cluster === null
        ? new RedisLimiter({ ...redis, onHealth })
        : new ClusterLimiter(cluster, { ...redis, onHealth });
  }

  get unavailableReason(): string | null {
    const why = this.#redis.unavailableReason;
    if (why === null) return null;
    return this.#withoutRedis === "refuse"
      ? `${why}: calls of keys with limits get 503`
      : `${why}: this verifier applies its share of each limit`;
  }

  take(take: Take): MaybePromise<CounterState[]> {
    if (this.#withoutRedis === "refuse") return this.#redis.take(take);
    if (this.#redis.unavailableReason !== null) return this.#local.take(take);
    return this.#redis.take(take).catch((error: unknown) => {
      if (this.#redis.unavailableReason === null) throw error;
      return this.#local.take(take);
    });
  }

  async close(): Promise<void> {
    await this.#redis.close();
  }

  /** Redis is available again: before the next call, it is sent the units allowed here in the meantime. */
  async #handOver(): Promise<void> {
    const nowMs = this.#now();
    const passed = this.#local.drain(nowMs);
    // If this fails, Redis is unavailable again, and its counters will be restored from usage.
    await Promise.allSettled(passed.map(({ limit, units }) => this.#redis.force(limit, units, nowMs)));
  }
}

/** Returns a verifier's share of a limit. All shares add up to exactly the limit. */
export function shareOf(limit: number, { rank, of }: LimitShare): number {
  return Math.floor(limit / of) + (rank < limit % of ? 1 : 0);
}

/** Divides the units used before evenly among the verifiers. */
function divideBackfill(before: UsageBackfill, share: () => LimitShare): UsageBackfill {
  const mine = (units: number) => Math.ceil(units / share().of);
  return {
    ofWindow: async (limit, nowMs) =>
      (await before.ofWindow(limit, nowMs)).map(({ agoMs, units }) => ({ agoMs, units: mine(units) })),
    ofQuota: async (limit, nowMs) => mine(await before.ofQuota(limit, nowMs)),
  };
}
