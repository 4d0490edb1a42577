import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Limit } from "#core/limits/types.ts";
import { parseClusterUrl } from "#platform/redis-url.ts";
import { limiterContract, NOTHING_BEFORE, quota, rate } from "#test/limiter-contract.ts";
import { type RedisTestCluster, startRedisCluster } from "../../test/redis-cluster.ts";
import { TEST_SCOPE } from "../../test/scope.ts";
import { verdictReply } from "../check/reply.ts";
import { SharedReplies } from "../check/shared-replies.ts";
import { hashBody } from "../check/stored-replies.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { slotOf } from "../redis/cluster-slot.ts";
import type { Limiter } from "./limiter.ts";
import { RedisLimiter, type RedisLimiterOptions } from "./redis.ts";
import { ClusterLimiter } from "./redis-cluster.ts";
import { type LimitShare, SharedLimiter, type WithoutRedis } from "./shared.ts";
import type { UsageBackfill } from "./usage-backfill.ts";

const nowMs = Date.now();
let cluster: RedisTestCluster;
const opened: Limiter[] = [];
/** What the usage counts say: set by a test to what has passed. */
let counted = 0;
const usage: UsageBackfill = {
  ofWindow: async () => [{ agoMs: 0, units: counted }],
  ofQuota: async () => counted,
};

beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());
beforeEach(() => {
  counted = 0;
});
afterEach(async () => {
  for (const limiter of opened.splice(0)) await limiter.close();
});

limiterContract("limiters that share a Redis Cluster", {
  most: 4,
  amounts: TEST_SCOPE === "all" ? [1, 2, 4] : [4],
  async open({ clock, backfill, amount }) {
    const clocks = { clock: () => clock.monotonic, redisClock: () => clock.monotonic };
    const limiters = await Promise.all(
      Array.from({ length: amount }, () => connected({ backfill, ...clocks })),
    );
    return { limiters, close: async () => void (await Promise.all(limiters.map((each) => each.close()))) };
  },
});

function connected(options: Omit<RedisLimiterOptions, "url" | "onHealth">) {
  const address = parseClusterUrl(cluster.url);
  if (address === null) throw new Error("the URL of the cluster is valid");
  return new Promise<ClusterLimiter>((resolve, reject) => {
    const limiter: ClusterLimiter = new ClusterLimiter(address, {
      ...options,
      onHealth: (error) => (error === null ? resolve(limiter) : reject(error)),
    });
  });
}

async function open(
  withoutRedis: WithoutRedis = "refuse",
  share: LimitShare = { rank: 0, of: 1 },
): Promise<Limiter> {
  const limiter = new SharedLimiter({ url: cluster.url, backfill: usage, withoutRedis, share: () => share });
  opened.push(limiter);
  await back(limiter);
  return limiter;
}

const ask = async (limiter: Limiter, limits: Limit[], cost = 1) =>
  limiter.take({ limits, cost, nowMs, consume: true });
const passes = async (limiter: Limiter, limit: Limit, cost = 1) =>
  (await ask(limiter, [limit], cost))[0]?.fits;
const back = (limiter: Limiter) => expect.poll(() => limiter.unavailableReason).toBeNull();
const gone = (limiter: Limiter) => expect.poll(() => limiter.unavailableReason).toContain("is unavailable");

/** The hash tag of a project's counters. */
const keyOf = (projectId: string) => `latchkey:{${slotOf(projectId) % 256}}:clock`;

/** A project whose counters are on `node`. */
async function projectOn(port: number): Promise<string> {
  for (let at = 0; ; at++) {
    const projectId = `prj_${port}_${at}`;
    if ((await cluster.ownerOf(keyOf(projectId))).port === port) return projectId;
  }
}

let counters = 0;
/** A rate of 10 a minute and a monthly quota of 10 of the same project. */
async function limitsOn(port: number): Promise<Limit[]> {
  const projectId = await projectOn(port);
  const counter = `key_${counters++}`;
  return [rate(10, 60, counter), { ...quota(10, counter), scope: "project" as const }].map((limit) => ({
    ...limit,
    projectId,
  }));
}

const portOf = (at: number) => cluster.masters[at]?.port ?? 0;

test("projects are spread over all masters, about equally", async () => {
  const keys = await Promise.all(cluster.masters.map(({ send }) => send<number>("DBSIZE")));
  const limiter = await open();
  expect(limiter.unavailableReason).toBeNull();
  const clocks = await Promise.all(
    cluster.masters.map(async ({ send }) => (await send<string[]>("KEYS", "latchkey:*:clock")).length),
  );
  expect(clocks.reduce((sum, each) => sum + each, 0)).toBe(256);
  expect(Math.min(...clocks)).toBeGreaterThan(256 / 3 / 2);
  expect(keys).toHaveLength(3);
});

test("while a node is away, only its projects get no verdict; then they continue from the usage counts", async () => {
  const limiter = await open();
  const [there, away] = [await limitsOn(portOf(1)), await limitsOn(portOf(2))];
  for (const limits of [there, away]) await ask(limiter, limits, 7);
  await cluster.masters[2]?.kill();
  await expect(ask(limiter, away)).rejects.toThrow(VerdictUnavailable);
  await gone(limiter);
  expect((await ask(limiter, there, 3)).map(({ fits }) => fits)).toEqual([true, true]);
  expect((await ask(limiter, there)).map(({ fits }) => fits)).toEqual([false, false]);
  counted = 7;
  await cluster.masters[2]?.start();
  await cluster.settled();
  await back(limiter);
  expect((await ask(limiter, away, 4)).map(({ fits }) => fits)).toEqual([false, false]);
  expect((await ask(limiter, away, 3)).map(({ used }) => used)).toEqual([10, 10]);
});

test("a verifier that starts while a node is away counts the projects of the others", async () => {
  const [there, away] = [await limitsOn(portOf(1)), await limitsOn(portOf(2))];
  await cluster.masters[2]?.kill();
  const limiter = new SharedLimiter({
    url: cluster.url,
    backfill: usage,
    withoutRedis: "refuse",
    share: () => ({ rank: 0, of: 1 }),
  });
  opened.push(limiter);
  await expect
    .poll(() =>
      ask(limiter, there, 0).then(
        (known) => known.map(({ fits }) => fits),
        () => null,
      ),
    )
    .toEqual([true, true]);
  await expect(ask(limiter, away)).rejects.toThrow(VerdictUnavailable);
  await cluster.masters[2]?.start();
  await back(limiter);
  expect(await passes(limiter, rate(10, 60))).toBe(true);
});

test("a slot that moves to another node, and back, never grants a unit twice", async () => {
  const [one, two] = [await open(), await open()];
  const limits = await limitsOn(portOf(1));
  const [first] = limits;
  const key = keyOf(first?.projectId ?? "");
  const [, from, to] = cluster.masters;
  if (!from || !to) throw new Error("three masters run");
  await ask(one, limits, 4);
  counted = 4;
  await cluster.moveSlot(key, to, async () => {
    // The keys have moved, and the nodes redirect to each other.
    const during = await ask(two, limits, 0).catch((error: unknown) => error);
    if (during instanceof Error) expect(during).toBeInstanceOf(VerdictUnavailable);
  });
  await expect.poll(() => ask(two, limits, 0).catch(() => null)).toMatchObject([{ used: 4 }, { used: 4 }]);
  expect((await ask(one, limits, 7)).map(({ fits }) => fits)).toEqual([false, false]);
  expect((await ask(one, limits, 3)).map(({ used }) => used)).toEqual([7, 7]);
  counted = 7;
  await cluster.moveSlot(key, from);
  await expect.poll(() => ask(one, limits, 0).catch(() => null)).toMatchObject([{ used: 7 }, { used: 7 }]);
  expect((await ask(two, limits, 4)).map(({ fits }) => fits)).toEqual([false, false]);
  expect((await ask(two, limits, 3)).map(({ fits }) => fits)).toEqual([true, true]);
  expect((await ask(one, limits)).map(({ fits }) => fits)).toEqual([false, false]);
});

test("units taken at once at two verifiers while the slot moves never exceed the limit", async () => {
  const limiters = [await open(), await open()];
  const limits = await limitsOn(portOf(2));
  const key = keyOf(limits[0]?.projectId ?? "");
  let [passed, isMoving] = [0, true];
  const callers = limiters.map(async (limiter) => {
    while (isMoving) {
      const before = passed;
      const known = await ask(limiter, limits).catch(() => null);
      if (known?.every(({ fits }) => fits)) passed++;
      // The usage counts of these two verifiers: everything that passed.
      counted = Math.max(passed, before);
      if (known === null) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  const [, there, back] = cluster.masters;
  if (!there || !back) throw new Error("three masters run");
  for (let round = 0; round < 3; round++) {
    await cluster.moveSlot(key, there);
    await cluster.moveSlot(key, back);
  }
  isMoving = false;
  await Promise.all(callers);
  expect(passed).toBeLessThanOrEqual(10);
  expect(passed).toBeGreaterThan(0);
});

test("a node that does not answer fails its projects in time, and no others", async () => {
  const limiter = await open();
  const [there, silent] = [await limitsOn(portOf(1)), await limitsOn(portOf(2))];
  await ask(limiter, silent, 2);
  cluster.masters[2]?.pause();
  try {
    await expect(ask(limiter, silent)).rejects.toThrow(VerdictUnavailable);
    expect((await ask(limiter, there)).map(({ fits }) => fits)).toEqual([true, true]);
  } finally {
    cluster.masters[2]?.resume();
  }
  await cluster.settled();
  await back(limiter);
  // It kept its counters.
  expect((await ask(limiter, silent, 0)).map(({ used }) => used)).toEqual([3, 3]);
});

test("local: while a node is away every verifier applies its share, and hands it over", async () => {
  const limiters = [await open("local", { rank: 0, of: 2 }), await open("local", { rank: 1, of: 2 })];
  const [one, two] = limiters;
  if (!one || !two) throw new Error("two are open");
  const limits = await limitsOn(portOf(1));
  await cluster.masters[2]?.kill();
  for (const limiter of limiters) {
    const lost = await limitsOn(portOf(2));
    await ask(limiter, lost);
    await gone(limiter);
  }
  for (const limiter of limiters) {
    expect((await ask(limiter, limits, 5)).map(({ fits }) => fits)).toEqual([true, true]);
    expect((await ask(limiter, limits)).map(({ fits }) => fits)).toEqual([false, false]);
  }
  counted = 10;
  await cluster.masters[2]?.start();
  await cluster.settled();
  for (const limiter of limiters) await back(limiter);
  for (const limiter of limiters)
    expect((await ask(limiter, limits)).map(({ fits }) => fits)).toEqual([false, false]);
});

test("a URL of one server is rejected if that server is a node of a cluster", async () => {
  const limiter = new RedisLimiter({ url: `redis://127.0.0.1:${portOf(1)}`, backfill: NOTHING_BEFORE });
  opened.push(limiter);
  await expect.poll(() => limiter.unavailableReason).toContain("redis+cluster://");
});

test("verifiers share stored replies through a cluster", async () => {
  const [one, two] = [cluster.url, cluster.url].map((url) => new SharedReplies({ url }));
  if (!one || !two) throw new Error("two are open");
  const hash = hashBody(Buffer.from("{}"));
  let at = 0;
  const isShared = async () => {
    const claim = await one.claim("svt", `key ${at}`, hash);
    if ("settle" in claim) claim.settle(verdictReply("req_1", "{}"));
    return "reply" in (await two.claim("svt", `key ${at++}`, hash));
  };
  for (let time = 0; time < 5; time++) await expect.poll(isShared).toBe(true);
  one.close();
  two.close();
});

// Last: the cluster is another one afterwards.
test("when a master dies its replica takes over, and limits continue from the usage counts", async () => {
  const limiter = await open();
  const [first] = cluster.masters;
  const limits = await limitsOn(portOf(0));
  await ask(limiter, limits, 7);
  counted = 8;
  await first?.kill();
  await expect(ask(limiter, limits)).rejects.toThrow(VerdictUnavailable);
  const owner = async () => (await cluster.ownerOf(keyOf(limits[0]?.projectId ?? ""))).port;
  await expect.poll(owner).toBe(cluster.replica.port);
  await cluster.settled();
  await back(limiter);
  // Not from the replica's copies, which may lack the last units.
  expect((await ask(limiter, limits, 3)).map(({ fits }) => fits)).toEqual([false, false]);
  expect((await ask(limiter, limits, 2)).map(({ used }) => used)).toEqual([10, 10]);
});
