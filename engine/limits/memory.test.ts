import { expect, test } from "vitest";
import { quota, rate } from "#test/limiter-contract.ts";
import { MemoryLimiter } from "./memory.ts";

const TODAY = Date.UTC(2027, 0, 5, 23, 59);
const TOMORROW = Date.UTC(2027, 0, 6);

/** A limiter with a fake clock, and the number of times that usage was read. */
function makeLimiter() {
  const seen = { ms: 0, reads: 0 };
  const ofQuota = async () => {
    seen.reads++;
    return 0;
  };
  const limiter = new MemoryLimiter({
    backfill: { ofQuota, ofWindow: async () => [] },
    clock: () => seen.ms,
  });
  return { limiter, seen };
}
const day = (counter: string) => quota(10, counter, "day");
const take = async (limiter: MemoryLimiter, counter: string, nowMs: number, cost = 1) =>
  (await limiter.take({ limits: [day(counter)], cost, nowMs, consume: true }))[0];

test("a quota's counter is dropped a minute after its period, also that of a day that began too early", async () => {
  const { limiter, seen } = makeLimiter();
  for (const [from, to] of [
    [TODAY, TOMORROW],
    [TOMORROW, TODAY],
  ] as const) {
    const counter = `key_${from}`;
    await take(limiter, counter, from, 4);
    await take(limiter, counter, to);
    seen.ms += 59_000;
    for (let call = 0; call < 10; call++) await take(limiter, counter, to, 0);
    expect(await take(limiter, counter, from, 0)).toMatchObject({ used: 4 });
    seen.ms += 60_000;
    seen.reads = 0;
    for (let call = 0; call < 10; call++) await take(limiter, counter, to, 0);
    expect(seen.reads).toBe(0);
    // Read from the usage counts, which contain it by now.
    expect(await take(limiter, counter, from, 0)).toMatchObject({ used: 0 });
    expect(seen.reads).toBe(1);
  }
});

test("units of another period are not handed over as units of this one", async () => {
  const { limiter } = makeLimiter();
  await take(limiter, "key_a", TODAY, 4);
  await take(limiter, "key_a", TOMORROW, 3);
  await take(limiter, "key_a", TODAY, 2);
  expect(limiter.drain(TODAY)).toMatchObject([{ units: 6 }]);
  expect(limiter.drain(TODAY)).toEqual([]);
});

test("calls that wait for the same counter share one read and are counted in order", async () => {
  const usage = Promise.withResolvers<number>();
  let reads = 0;
  const ofQuota = () => {
    reads++;
    return usage.promise;
  };
  const limiter = new MemoryLimiter({ backfill: { ofQuota, ofWindow: async () => [] }, clock: () => 0 });
  const calls = Array.from({ length: 5 }, (_, n) => take(limiter, "key_a", TODAY, n < 3 ? 4 : 1));
  usage.resolve(0);
  expect((await Promise.all(calls)).map((counted) => counted?.fits)).toEqual([true, true, false, true, true]);
  expect(reads).toBe(1);
});

test("a new counter is not dropped before its call is counted", async () => {
  const { limiter, seen } = makeLimiter();
  // From now on, this process has counted for the whole window.
  seen.ms += 60_000;
  for (const used of [1, 2]) {
    for (let n = 0; n < 20; n++) {
      const limits = [rate(10, 60, `key_${n}`), rate(10, 60, `prj_${n}`)];
      const counted = await limiter.take({ limits, cost: 1, nowMs: TODAY, consume: true });
      expect(counted).toMatchObject([{ used }, { used }]);
    }
  }
});
