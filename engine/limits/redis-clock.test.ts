import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Limit } from "#core/limits/types.ts";
import { HOUR_MS } from "#core/time.ts";
import { NOTHING_BEFORE, rate } from "#test/limiter-contract.ts";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { RedisLimiter } from "./redis.ts";

let redis: RedisServer;
const clocks = { own: 5_000_000, redis: 1_000_000_000 };
let limiter: RedisLimiter;
let losses = 0;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.send("FLUSHALL");
  losses = 0;
  limiter = await new Promise((resolve) => {
    const opened: RedisLimiter = new RedisLimiter({
      url: redis.url,
      backfill: NOTHING_BEFORE,
      onCountersLost: () => losses++,
      clock: () => clocks.own,
      redisClock: () => clocks.redis,
      onHealth: () => resolve(opened),
    });
  });
  passTime(100_000);
});
afterEach(() => limiter.close());
const nowMs = Date.now();
const ask = (limit: Limit, cost = 1) => limiter.take({ limits: [limit], cost, nowMs, consume: true });
const passTime = (ms: number) => {
  clocks.own += ms;
  clocks.redis += ms;
};

test("if Redis's clock is set back, windows continue with the elapsed time, also for a steady caller", async () => {
  const one = rate(2, 60);
  await ask(one);
  passTime(30_000);
  await ask(one);
  clocks.redis -= HOUR_MS;
  expect(await ask(one)).toMatchObject([{ fits: false, waitMs: 30_000 }]);
  passTime(30_000);
  expect((await ask(one))[0]?.fits).toBe(true);
  expect(losses).toBe(1);
});

test("if it is set forward, no window ends early, and counters that expired are considered lost", async () => {
  const one = rate(2, 60);
  await ask(one, 2);
  passTime(10_000);
  clocks.redis += HOUR_MS;
  expect(await ask(one)).toMatchObject([{ fits: false, waitMs: 50_000 }]);
  expect(losses).toBe(2);
  passTime(50_000);
  expect((await ask(one))[0]?.fits).toBe(true);
  expect(losses).toBe(2);
});
