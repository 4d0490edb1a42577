import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { limiterContract } from "#test/limiter-contract.ts";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { LocalLimiter } from "./local.ts";
import { MemoryLimiter } from "./memory.ts";
import { RedisLimiter, type RedisLimiterOptions } from "./redis.ts";

limiterContract("a limiter in memory", {
  most: 1,
  async open({ clock, backfill }) {
    const limiter = new MemoryLimiter({ backfill, clock: () => clock.monotonic });
    return { limiters: [limiter], close: () => limiter.close() };
  },
});

limiterContract("the processes of one data directory", {
  most: 4,
  async open({ clock, backfill, amount }) {
    const dir = await mkdtemp(join(tmpdir(), "latchkey-limits-"));
    const limiters: LocalLimiter[] = [];
    for (let at = 0; at < amount; at++) {
      const memory = new MemoryLimiter({ backfill, clock: () => clock.monotonic });
      // The last is the portal's.
      const limiter = new LocalLimiter({ dir, memory, mayServe: at < amount - 1, unshared: () => null });
      if (at < amount - 1) await limiter.start();
      limiters.push(limiter);
    }
    return {
      limiters,
      async close() {
        for (const limiter of limiters.reverse()) await limiter.close();
        await rm(dir, { recursive: true });
      },
    };
  },
});

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

limiterContract("limiters that share a Redis", {
  most: 4,
  async open({ clock, backfill, amount }) {
    const clocks = { clock: () => clock.monotonic, redisClock: () => clock.monotonic };
    const limiters = await Promise.all(
      Array.from({ length: amount }, () => connected({ backfill, ...clocks })),
    );
    return { limiters, close: async () => void (await Promise.all(limiters.map((each) => each.close()))) };
  },
});

function connected(options: Omit<RedisLimiterOptions, "url" | "onHealth">) {
  return new Promise<RedisLimiter>((resolve, reject) => {
    const limiter: RedisLimiter = new RedisLimiter({
      ...options,
      url: redis.url,
      onHealth: (error) => (error === null ? resolve(limiter) : reject(error)),
    });
  });
}
