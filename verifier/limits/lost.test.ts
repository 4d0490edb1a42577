import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Limit } from "#core/limits/types.ts";
import { makeCuttable } from "../../test/cuttable.ts";
import { type RedisServer, startRedis } from "../../test/redis.ts";
import { CannotVouch } from "../fills.ts";
import { NOTHING_BEFORE, quota, rate } from "./contract.ts";
import type { Limiter, Take } from "./limiter.ts";
import { LocalLimiter } from "./local.ts";
import { MemoryLimiter } from "./memory.ts";
import { type Part, SharedLimiter, shareOf, type WithoutRedis } from "./shared.ts";
import type { UsedBefore } from "./used-before.ts";

const nowMs = Date.now();
const ask = async (limiter: Limiter, limits: Limit[], cost = 1) =>
  limiter.take({ limits, cost, nowMs, consume: true });
const passes = async (limiter: Limiter, limit: Limit, cost = 1) =>
  (await ask(limiter, [limit], cost))[0]?.fits;

describe("counters that begin anew", () => {
  const before: UsedBefore = {
    ofWindow: async () => [
      { agoMs: 50_000, units: 6 },
      { agoMs: 10_000, units: 2 },
    ],
    ofQuota: async () => 8,
  };

  test("a window that began before the process did goes on from the usage figures", async () => {
    const clock = { ms: 500 };
    const limiter = new MemoryLimiter({ usedBefore: before, clock: () => clock.ms });
    const one = rate(10, 60);
    expect(await passes(limiter, one, 3)).toBe(false);
    expect(await passes(limiter, one, 2)).toBe(true);
    clock.ms += 10_000;
    expect(await passes(limiter, one, 6)).toBe(true);
    expect(await passes(limiter, one)).toBe(false);
  });

  test("of many that ask at once one begins the counter, and all are counted by it", async () => {
    const ofQuota = async () => 5;
    const limiter = new MemoryLimiter({ usedBefore: { ...NOTHING_BEFORE, ofQuota } });
    const one = quota(15);
    const answers = await Promise.all(Array.from({ length: 20 }, () => passes(limiter, one)));
    expect(answers.filter(Boolean)).toHaveLength(10);
  });

  test("where the figures can't be read no limited call passes, and the next try reads again", async () => {
    let away = true;
    const ofQuota = async () => {
      if (away) throw new CannotVouch("away");
      return 0;
    };
    const limiter = new MemoryLimiter({ usedBefore: { ...NOTHING_BEFORE, ofQuota } });
    const one = quota(1);
    await expect(ask(limiter, [one])).rejects.toThrow(CannotVouch);
    away = false;
    expect(await passes(limiter, one)).toBe(true);
  });
});

describe("one data directory", () => {
  let dir: string;
  const opened: Limiter[] = [];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "latchkey-limits-"));
  });
  afterEach(async () => {
    for (const limiter of opened.splice(0).reverse()) await limiter.close();
    await rm(dir, { recursive: true });
  });
  const open = async (mayServe: boolean, unshared: string | null = null) => {
    const memory = new MemoryLimiter({ usedBefore: NOTHING_BEFORE });
    const limiter = new LocalLimiter({ dir, memory, mayServe, unshared: () => unshared });
    opened.push(limiter);
    if (mayServe) await limiter.start();
    return limiter;
  };

  test("the portal never counts: with no verifier its limited calls get no verdict", async () => {
    const portal = await open(false);
    await expect(ask(portal, [rate(5, 60)])).rejects.toThrow("none runs here");
    await open(true);
    expect(await passes(portal, rate(5, 60))).toBe(true);
  });

  test("when the process that counts ends another takes over, and everybody asks that one", async () => {
    const [first, second, portal] = [await open(true), await open(true), await open(false)];
    await ask(portal, [rate(5, 60, "key_a")], 5);
    await first.close();
    // Its connection has ended: until it has found out, what is asked is refused rather than guessed.
    await expect.poll(() => passes(second, quota(5, "key_b"), 3).catch(() => null)).toBe(true);
    await expect.poll(() => passes(portal, quota(5, "key_b"), 2).catch(() => null)).toBe(true);
    expect(await passes(second, quota(5, "key_b"))).toBe(false);
  });

  test("of several that start at once one counts", async () => {
    const limiters = await Promise.all([open(true), open(true), open(true)]);
    const one = quota(10);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => passes(limiters[at % 3] as Limiter, one)),
    );
    expect(answers.filter(Boolean)).toHaveLength(10);
  });

  test("who counts is asked for two seconds, and no more until it answers again", async () => {
    const memory = new MemoryLimiter({ usedBefore: NOTHING_BEFORE });
    const blocked = Promise.withResolvers<void>();
    const take = (asked: Take) => blocked.promise.then(() => memory.take(asked));
    const server = new LocalLimiter({
      ...{ dir, mayServe: true, unshared: () => null },
      memory: { take, trouble: null, close: async () => {} },
    });
    opened.push(server);
    await server.start();
    const portal = await open(false);
    await expect(ask(portal, [rate(5, 60, "key_a")], 0)).rejects.toThrow("does not answer");
    // At once: it waits for nobody.
    await expect(ask(portal, [rate(5, 60, "key_a")], 5)).rejects.toThrow("does not answer");
    blocked.resolve();
    await expect.poll(() => passes(portal, rate(5, 60, "key_a"), 5).catch(() => null)).toBe(true);
  });

  test("a verifier that would count apart from another machine's refuses limited calls, and says why", async () => {
    const limiter = await open(true, "another verifier counts limits already");
    expect(limiter.trouble).toContain("another verifier");
    await expect(ask(limiter, [rate(5, 60)])).rejects.toThrow("another verifier counts limits already");
  });
});

describe("a Redis that goes away", () => {
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
    options: { before?: UsedBefore; part?: Part; url?: string; onAnew?: () => void } = {},
  ) => {
    const {
      before = NOTHING_BEFORE,
      part = { rank: 0, of: 1 },
      url = redis.url,
      onAnew = () => {},
    } = options;
    const limiter = new SharedLimiter({ url, usedBefore: before, withoutRedis, part: () => part, onAnew });
    opened.push(limiter);
    await expect.poll(() => limiter.trouble).toBeNull();
    return limiter;
  };
  const gone = (limiter: Limiter) => expect.poll(() => limiter.trouble).toContain("Redis is away");
  const back = (limiter: Limiter) => expect.poll(() => limiter.trouble, { timeout: 5_000 }).toBeNull();

  test("refuse: limited calls get no verdict, and get one again when it is back", async () => {
    const limiter = await open("refuse");
    expect(await passes(limiter, rate(5, 60, "key_a"))).toBe(true);
    await redis.kill();
    await gone(limiter);
    await expect(ask(limiter, [rate(5, 60, "key_a")])).rejects.toThrow(CannotVouch);
    await redis.start();
    await back(limiter);
    expect(await passes(limiter, rate(5, 60, "key_a"))).toBe(true);
  });

  test("local: the shares of all verifiers together are the limit, to the unit", async () => {
    const parts = [0, 1, 2].map((rank) => ({ rank, of: 3 }));
    const limiters = await Promise.all(parts.map((part) => open("local", { part })));
    await redis.kill();
    await Promise.all(limiters.map(gone));
    let passed = 0;
    for (const limiter of limiters) {
      for (let call = 0; call < 20; call++) if (await passes(limiter, rate(10, 60, "key_a"))) passed++;
    }
    expect(passed).toBe(10);
    expect([0, 1, 2].map((rank) => shareOf(10, { rank, of: 3 }))).toEqual([4, 3, 3]);
  });

  test("local: what passed meanwhile counts once in the Redis that comes back, empty as it is", async () => {
    let counted = 0;
    const before: UsedBefore = {
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

  test("local: a Redis that kept its counters is told what passed meanwhile before it is asked", async () => {
    const way = await makeCuttable(redis.url);
    try {
      let isRead = Promise.resolve();
      const before = { ofWindow: () => isRead.then(() => []), ofQuota: () => isRead.then(() => 0) };
      const limiter = await open("local", { url: way.url, before });
      const both = [rate(10, 60, "key_a"), quota(10, "key_a")];
      await ask(limiter, both);
      way.hold();
      await ask(limiter, [rate(5, 60)]);
      await gone(limiter);
      for (const one of both) expect(await passes(limiter, one, 8)).toBe(true);
      // The usage figures take their time.
      const figures = Promise.withResolvers<void>();
      isRead = figures.promise;
      way.release();
      await back(limiter);
      for (const one of both) expect(await passes(limiter, one, 2)).toBe(false);
      for (const one of both) expect(await passes(limiter, one, 1)).toBe(true);
      figures.resolve();
    } finally {
      await way.cut();
    }
  });

  test("one that lost everything, or comes back with old data, counts on from the usage figures", async () => {
    const before: UsedBefore = {
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

  test("one that holds its answers back is as good as away, and is back once it answers", async () => {
    const slow = await makeCuttable(redis.url);
    try {
      const limiter = await open("refuse", { url: slow.url });
      slow.hold();
      await expect(ask(limiter, [rate(5, 60)])).rejects.toThrow(CannotVouch);
      await gone(limiter);
      slow.release();
      await back(limiter);
      expect(await passes(limiter, rate(5, 60))).toBe(true);
    } finally {
      await slow.cut();
    }
  });

  test("one that is emptied while it runs counts on from the figures, once they hold what it had counted", async () => {
    let [counted, losses] = [0, 0];
    const before = { ofWindow: async () => [{ agoMs: 0, units: counted }], ofQuota: async () => counted };
    const limiter = await open("refuse", { before, onAnew: () => losses++ });
    const both = [rate(10, 60, "key_a"), quota(10, "key_a")];
    await ask(limiter, both, 7);
    await ask(limiter, both, 0);
    expect(losses).toBe(1);
    await redis.tell("FLUSHALL");
    counted = 7;
    expect((await ask(limiter, both, 4)).map(({ fits }) => fits)).toEqual([false, false]);
    expect(losses).toBe(2);
    expect((await ask(limiter, both, 3)).map(({ used }) => used)).toEqual([10, 10]);
    expect(losses).toBe(2);
  });
});
