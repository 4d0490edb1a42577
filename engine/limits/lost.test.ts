import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Limit } from "#core/limits/types.ts";
import { startInterruptibleProxy } from "#test/interruptible-proxy.ts";
import { NOTHING_BEFORE, quota, rate } from "#test/limiter-contract.ts";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Limiter } from "./limiter.ts";
import { MemoryLimiter } from "./memory.ts";
import { type LimitShare, SharedLimiter, shareOf, type WithoutRedis } from "./shared.ts";
import type { UsageBackfill } from "./usage-backfill.ts";

const nowMs = Date.now();
const ask = async (limiter: Limiter, limits: Limit[], cost = 1) =>
  limiter.take({ limits, cost, nowMs, consume: true });
const passes = async (limiter: Limiter, limit: Limit, cost = 1) =>
  (await ask(limiter, [limit], cost))[0]?.fits;

describe("counters that are restored", () => {
  const before: UsageBackfill = {
    ofWindow: async () => [
      { agoMs: 50_000, units: 6 },
      { agoMs: 10_000, units: 2 },
    ],
    ofQuota: async () => 8,
  };

  test("a window that began before the process started continues from the usage counts", async () => {
    const clock = { ms: 500 };
    const limiter = new MemoryLimiter({ backfill: before, clock: () => clock.ms });
    const one = rate(10, 60);
    expect(await passes(limiter, one, 3)).toBe(false);
    expect(await passes(limiter, one, 2)).toBe(true);
    clock.ms += 10_000;
    expect(await passes(limiter, one, 6)).toBe(true);
    expect(await passes(limiter, one)).toBe(false);
  });

  test("concurrent calls restore a counter once, and all are counted by it", async () => {
    const ofQuota = async () => 5;
    const limiter = new MemoryLimiter({ backfill: { ...NOTHING_BEFORE, ofQuota } });
    const one = quota(15);
    const answers = await Promise.all(Array.from({ length: 20 }, () => passes(limiter, one)));
    expect(answers.filter(Boolean)).toHaveLength(10);
  });

  test("if usage can't be read, no call with limits is allowed, and the next call reads again", async () => {
    let unavailable = true;
    const ofQuota = async () => {
      if (unavailable) throw new VerdictUnavailable("unavailable");
      return 0;
    };
    const limiter = new MemoryLimiter({ backfill: { ...NOTHING_BEFORE, ofQuota } });
    const one = quota(1);
    await expect(ask(limiter, [one])).rejects.toThrow(VerdictUnavailable);
    unavailable = false;
    expect(await passes(limiter, one)).toBe(true);
  });
});

describe("an unavailable Redis", () => {
  let redis: RedisServer;
  const opened: Limiter[] = [];
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const limiter of opened.splice(0)) await limiter.close();
    await redis.stop();
  });
  const open = async (
    withoutRedis: WithoutRedis,
    options: { before?: UsageBackfill; share?: LimitShare; url?: string; onCountersLost?: () => void } = {},
  ) => {
    const {
      before = NOTHING_BEFORE,
      share = { rank: 0, of: 1 },
      url = redis.url,
      onCountersLost = () => {},
    } = options;
    const limiter = new SharedLimiter({
      url,
      backfill: before,
      withoutRedis,
      share: () => share,
      onCountersLost,
    });
    opened.push(limiter);
    await expect.poll(() => limiter.unavailableReason).toBeNull();
    return limiter;
  };
  const gone = (limiter: Limiter) =>
    expect.poll(() => limiter.unavailableReason).toContain("Redis is unavailable");
  const back = (limiter: Limiter) =>
    expect.poll(() => limiter.unavailableReason, { timeout: 5_000 }).toBeNull();

  test("calls with limits get no verdict until Redis is available again (`refuse`)", async () => {
    const limiter = await open("refuse");
    expect(await passes(limiter, rate(5, 60, "key_a"))).toBe(true);
    await redis.kill();
    await gone(limiter);
    await expect(ask(limiter, [rate(5, 60, "key_a")])).rejects.toThrow(VerdictUnavailable);
    await redis.start();
    await back(limiter);
    expect(await passes(limiter, rate(5, 60, "key_a"))).toBe(true);
  });

  test("local: the shares of all verifiers add up to exactly the limit", async () => {
    const shares = [0, 1, 2].map((rank) => ({ rank, of: 3 }));
    const limiters = await Promise.all(shares.map((share) => open("local", { share })));
    await redis.kill();
    await Promise.all(limiters.map(gone));
    let passed = 0;
    for (const limiter of limiters) {
      for (let call = 0; call < 20; call++) if (await passes(limiter, rate(10, 60, "key_a"))) passed++;
    }
    expect(passed).toBe(10);
    expect([0, 1, 2].map((rank) => shareOf(10, { rank, of: 3 }))).toEqual([4, 3, 3]);
  });

  test("local: units allowed in the meantime count once in a Redis that comes back empty", async () => {
    let counted = 0;
    const before: UsageBackfill = {
      ofWindow: async () => [{ agoMs: 0, units: counted }],
      ofQuota: async () => counted,
    };
    const limiter = await open("local", { before });
    await redis.kill();
    await gone(limiter);
    expect(await passes(limiter, rate(10, 60, "key_a"), 7)).toBe(true);
    expect(await passes(limiter, quota(10, "key_a"), 7)).toBe(true);
    counted = 7;
    await redis.start();
    await back(limiter);
    await expect.poll(async () => (await ask(limiter, [rate(10, 60, "key_a")], 0))[0]?.used).toBe(7);
    await expect.poll(async () => (await ask(limiter, [quota(10, "key_a")], 0))[0]?.used).toBe(7);
    expect(await passes(limiter, rate(10, 60, "key_a"), 4)).toBe(false);
    expect(await passes(limiter, quota(10, "key_a"), 4)).toBe(false);
  });

  test("local: a Redis that kept its counters gets the units allowed in the meantime before the next call", async () => {
    const way = await startInterruptibleProxy(redis.url);
    try {
      let isRead = Promise.resolve();
      const before = { ofWindow: () => isRead.then(() => []), ofQuota: () => isRead.then(() => 0) };
      const limiter = await open("local", { url: way.url, before });
      const both = [rate(10, 60, "key_a"), quota(10, "key_a")];
      await ask(limiter, both);
      way.pauseResponses();
      await ask(limiter, [rate(5, 60)]);
      await gone(limiter);
      for (const one of both) expect(await passes(limiter, one, 8)).toBe(true);
      // Reading usage takes a while.
      const usage = Promise.withResolvers<void>();
      isRead = usage.promise;
      way.resumeResponses();
      await back(limiter);
      for (const one of both) expect(await passes(limiter, one, 2)).toBe(false);
      for (const one of both) expect(await passes(limiter, one, 1)).toBe(true);
      usage.resolve();
    } finally {
      await way.disconnect();
    }
  });

  test("a Redis that lost everything, or comes back with old data, continues from the usage counts", async () => {
    const before: UsageBackfill = {
      ofWindow: async () => [{ agoMs: 1_000, units: 9 }],
      ofQuota: async () => 99,
    };
    const limiter = await open("refuse", { before });
    await redis.kill();
    await gone(limiter);
    await redis.start();
    await back(limiter);
    expect(await passes(limiter, rate(10, 60, "key_a"), 2)).toBe(false);
    expect(await passes(limiter, rate(10, 60, "key_a"), 1)).toBe(true);
    expect(await passes(limiter, quota(100, "key_a"), 2)).toBe(false);
    expect(await passes(limiter, quota(100, "key_a"), 1)).toBe(true);
  });

  test("a Redis that does not answer is unavailable until it answers", async () => {
    const slow = await startInterruptibleProxy(redis.url);
    try {
      const limiter = await open("refuse", { url: slow.url });
      slow.pauseResponses();
      await expect(ask(limiter, [rate(5, 60)])).rejects.toThrow(VerdictUnavailable);
      await gone(limiter);
      slow.resumeResponses();
      await back(limiter);
      expect(await passes(limiter, rate(5, 60))).toBe(true);
    } finally {
      await slow.disconnect();
    }
  });

  test("a Redis that is flushed continues from the usage counts once they contain what it had counted", async () => {
    let [counted, losses] = [0, 0];
    const before = { ofWindow: async () => [{ agoMs: 0, units: counted }], ofQuota: async () => counted };
    const limiter = await open("refuse", { before, onCountersLost: () => losses++ });
    const both = [rate(10, 60, "key_a"), quota(10, "key_a")];
    await ask(limiter, both, 7);
    await ask(limiter, both, 0);
    expect(losses).toBe(1);
    await redis.send("FLUSHALL");
    counted = 7;
    expect((await ask(limiter, both, 4)).map(({ fits }) => fits)).toEqual([false, false]);
    expect(losses).toBe(2);
    expect((await ask(limiter, both, 3)).map(({ used }) => used)).toEqual([10, 10]);
    expect(losses).toBe(2);
  });
});
