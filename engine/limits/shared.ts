import type { Counted } from "#core/limits/types.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";
import type { Limiter, Take } from "./limiter.ts";
import { MemoryLimiter } from "./memory.ts";
import { RedisLimiter, type RedisLimiterOptions } from "./redis.ts";
import type { UsageBackfill } from "./usage-backfill.ts";

/** What happens to limited calls while Redis is away. */
export type WithoutRedis = "refuse" | "local";

/** One of so many verifiers that count alone for a while: each has its part of every limit. */
export interface Part {
  /** From 0. */
  rank: number;
  of: number;
}

interface SharedLimiterOptions extends RedisLimiterOptions {
  withoutRedis: WithoutRedis;
  /** Which part of a limit is this verifier's own. */
  part: () => Part;
  now?: () => number;
}

/** Counts in Redis; while that is away, refuses limited calls or holds to its own part of each limit. */
export class SharedLimiter implements Limiter {
  readonly #redis: RedisLimiter;
  readonly #alone: MemoryLimiter;
  readonly #withoutRedis: WithoutRedis;
  readonly #now: () => number;

  constructor({ withoutRedis, part, now = Date.now, ...redis }: SharedLimiterOptions) {
    this.#withoutRedis = withoutRedis;
    this.#now = now;
    this.#alone = new MemoryLimiter({
      usedBefore: partOfBefore(redis.usedBefore, part),
      shareOf: (limit) => shareOf(limit, part()),
    });
    const onHealth = (error: unknown | null) => {
      // Who begins to count needs all that the other let pass.
      if (withoutRedis === "local") redis.onAnew?.();
      if (error === null) void this.#handOver();
      else this.#alone.drain(this.#now());
      redis.onHealth?.(error);
    };
    this.#redis = new RedisLimiter({ ...redis, onHealth });
  }

  get trouble(): string | null {
    const why = this.#redis.trouble;
    if (why === null) return null;
    return this.#withoutRedis === "refuse"
      ? `${why}: calls of keys with limits are refused with 503`
      : `${why}: this verifier holds to its share of each limit`;
  }

  take(take: Take): MaybePromise<Counted[]> {
    if (this.#withoutRedis === "refuse") return this.#redis.take(take);
    if (this.#redis.trouble !== null) return this.#alone.take(take);
    return this.#redis.take(take).catch((error: unknown) => {
      if (this.#redis.trouble === null) throw error;
      return this.#alone.take(take);
    });
  }

  async close(): Promise<void> {
    await this.#redis.close();
  }

  /** Redis is back: before anything is asked of it, it is told what passed here meanwhile. */
  async #handOver(): Promise<void> {
    const nowMs = this.#now();
    const passed = this.#alone.drain(nowMs);
    // One without its counters begins them from the usage figures, which know of that too: never count it twice.
    if (!this.#redis.isSame) return;
    // What can't be told now is lost with it: its counters are read from the figures then.
    await Promise.allSettled(passed.map(({ limit, units }) => this.#redis.force(limit, units, nowMs)));
  }
}

/** The parts of all add up to the limit, never to more. */
export function shareOf(limit: number, { rank, of }: Part): number {
  return Math.floor(limit / of) + (rank < limit % of ? 1 : 0);
}

/** What all used before is spread evenly. */
function partOfBefore(before: UsageBackfill, part: () => Part): UsageBackfill {
  const mine = (units: number) => Math.ceil(units / part().of);
  return {
    ofWindow: async (limit, nowMs) =>
      (await before.ofWindow(limit, nowMs)).map(({ agoMs, units }) => ({ agoMs, units: mine(units) })),
    ofQuota: async (limit, nowMs) => mine(await before.ofQuota(limit, nowMs)),
  };
}
