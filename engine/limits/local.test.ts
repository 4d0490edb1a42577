import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Limit } from "#core/limits/types.ts";
import { HOUR_MS } from "#core/time.ts";
import { NOTHING_BEFORE, quota, rate } from "#test/limiter-contract.ts";
import type { Limiter, Take } from "./limiter.ts";
import { LocalLimiter } from "./local.ts";
import { MemoryLimiter } from "./memory.ts";
import { USAGE_COUNTERS_TIMEOUT_MS, UsageCounters } from "./usage-counters.ts";

let dir: string;
const opened: Limiter[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "latchkey-limits-"));
});
afterEach(async () => {
  for (const limiter of opened.splice(0).reverse()) await limiter.close();
  await rm(dir, { recursive: true });
});

interface Opening {
  mayServe?: boolean;
  unshared?: string | null;
  memory?: MemoryLimiter;
}
const memoryOf = (backfill = NOTHING_BEFORE) => new MemoryLimiter({ backfill });
async function open({ mayServe = true, unshared = null, memory = memoryOf() }: Opening = {}) {
  const limiter = new LocalLimiter({ dir, memory, mayServe, unshared: () => unshared });
  opened.push(limiter);
  if (mayServe) await limiter.start();
  return limiter;
}
const openPortal = () => open({ mayServe: false });
const nowMs = Date.now();
const ask = async (limiter: Limiter, limits: Limit[], cost = 1) =>
  limiter.take({ limits, cost, nowMs, consume: true });
const passes = async (limiter: Limiter, limit: Limit, cost = 1) =>
  (await ask(limiter, [limit], cost))[0]?.fits;
/** The first result, after calls that failed because the process that counted exited. */
async function passesSoon(limiter: Limiter, limit: Limit, cost = 1) {
  let fits: boolean | undefined;
  const isAnswered = async () => {
    fits = await passes(limiter, limit, cost).catch(() => undefined);
    return fits !== undefined;
  };
  await expect.poll(isAnswered).toBe(true);
  return fits;
}

test("the portal never counts: without a verifier, its calls with limits get no verdict", async () => {
  const portal = await openPortal();
  await expect(ask(portal, [rate(5, 60)])).rejects.toThrow("none is running");
  await open();
  expect(await passes(portal, rate(5, 60))).toBe(true);
});

test("when the process that counts exits, another takes over, and all use that one", async () => {
  const [first, second, portal] = [await open(), await open(), await openPortal()];
  await ask(portal, [rate(5, 60, "key_a")], 5);
  await first.close();
  // The connection has ended. Until the others notice, calls are rejected instead of guessed.
  expect(await passesSoon(second, quota(5, "key_b"), 3)).toBe(true);
  expect(await passesSoon(portal, quota(5, "key_b"), 2)).toBe(true);
  expect(await passes(second, quota(5, "key_b"))).toBe(false);
});

test("a process that takes over restores every window from the usage counts, however long it has been running", async () => {
  const clock = { ms: 0 };
  let counted = 0;
  const backfill = { ...NOTHING_BEFORE, ofWindow: async () => [{ agoMs: 0, units: counted }] };
  const openOne = () => open({ memory: new MemoryLimiter({ backfill, clock: () => clock.ms }) });
  const [first, second] = [await openOne(), await openOne()];
  const one = rate(5, 60);
  clock.ms += HOUR_MS;
  expect(await passes(second, one, 5)).toBe(true);
  counted = 5;
  await first.close();
  expect(await passesSoon(second, one)).toBe(false);
  clock.ms += 60_000;
  expect(await passes(second, one, 5)).toBe(true);
});

test("of several processes that start at once, one counts", async () => {
  const limiters = await Promise.all([open(), open(), open()]);
  const one = quota(10);
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, at) => passes(limiters[at % 3] as Limiter, one)),
  );
  expect(answers.filter(Boolean)).toHaveLength(10);
});

test("a verifier that would count separately from another machine's rejects calls with limits and reports why", async () => {
  const limiter = await open({ unshared: "another verifier already counts limits" });
  expect(limiter.unavailableReason).toContain("another verifier");
  await expect(ask(limiter, [rate(5, 60)])).rejects.toThrow("another verifier already counts limits");
});

describe("timeouts of the process that counts", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  test("after a timeout it gets no more requests until it answers", async () => {
    const [asked, blocked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const memory = memoryOf();
    const take = memory.take.bind(memory);
    memory.take = (one: Take) => {
      asked.resolve();
      return blocked.promise.then(() => take(one));
    };
    await open({ memory });
    const portal = await openPortal();
    const late = expect(ask(portal, [rate(5, 60, "key_a")], 0)).rejects.toThrow("does not answer");
    await asked.promise;
    await vi.advanceTimersByTimeAsync(3_000);
    await late;
    // Immediately, without waiting.
    await expect(ask(portal, [rate(5, 60, "key_a")], 5)).rejects.toThrow("does not answer");
    blocked.resolve();
    expect(await passesSoon(portal, rate(5, 60, "key_a"), 5)).toBe(true);
  });

  test("if it can't read a key's usage it reports that in time, and still gets requests for other keys", async () => {
    const asked = Promise.withResolvers<void>();
    const never = new Promise<never>(() => {});
    const ofQuota = () => {
      asked.resolve();
      return never;
    };
    await open({ memory: memoryOf(new UsageCounters({ ...NOTHING_BEFORE, ofQuota }, async () => {})) });
    const portal = await openPortal();
    const late = expect(ask(portal, [quota(5)])).rejects.toThrow("usage counts");
    await asked.promise;
    await vi.advanceTimersByTimeAsync(USAGE_COUNTERS_TIMEOUT_MS);
    await late;
    expect(await passes(portal, rate(5, 60))).toBe(true);
  });
});
