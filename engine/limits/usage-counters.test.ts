import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NOTHING_BEFORE, quota, rate } from "#test/limiter-contract.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { UsageCounters } from "./usage-counters.ts";

const nowMs = Date.now();
const month = quota(10);
if (month.kind !== "quota") throw new Error("not a quota");

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("usage is read only once it contains everything answered before counters were lost", async () => {
  const cycles: PromiseWithResolvers<void>[] = [];
  let counted = 0;
  const counters = new UsageCounters({ ...NOTHING_BEFORE, ofQuota: async () => counted }, () => {
    cycles.push(Promise.withResolvers());
    return cycles.at(-1)?.promise ?? Promise.resolve();
  });
  const read = counters.ofQuota(month, nowMs);
  // The counters are lost again before the first cycle completes.
  counters.reset();
  cycles[0]?.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  counted = 7;
  cycles[1]?.resolve();
  expect(await read).toBe(7);
});

test("while usage can't be read, calls time out, and the number of waiting calls is limited", async () => {
  const counters = new UsageCounters(NOTHING_BEFORE, () => new Promise(() => {}));
  const waiting = Array.from({ length: 2_000 }, () => counters.ofQuota(month, nowMs));
  const ends = Promise.allSettled(waiting);
  await expect(counters.ofQuota(month, nowMs)).rejects.toThrow("too many");
  await vi.advanceTimersByTimeAsync(2_500);
  for (const end of await ends) expect(end).toMatchObject({ reason: expect.any(VerdictUnavailable) });
});

test("concurrent calls share one read for each counter and period", async () => {
  const read: string[] = [];
  const counters = new UsageCounters(
    {
      ofWindow: async () => {
        read.push("window");
        return [];
      },
      ofQuota: async (_, at) => read.push(new Date(at).toISOString()),
    },
    async () => {},
  );
  const [one, later] = [rate(5, 60), Date.UTC(2027, 0, 1)];
  if (one.kind !== "rate") throw new Error("not a rate");
  await Promise.all(
    Array.from({ length: 20 }, () => [
      counters.ofQuota(month, nowMs),
      counters.ofQuota(month, later),
      counters.ofWindow(one, nowMs),
    ]).flat(),
  );
  expect(read.sort()).toEqual([new Date(nowMs).toISOString(), "2027-01-01T00:00:00.000Z", "window"].sort());
});
