import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { NOTHING_BEFORE, quota, rate } from "./contract.ts";
import { UsageCounters } from "./usage-counters.ts";

const nowMs = Date.now();
const month = quota(10);
if (month.kind !== "quota") throw new Error("not a quota");

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("they are read when they hold all that was answered before counters began anew, and not sooner", async () => {
  const rounds: PromiseWithResolvers<void>[] = [];
  let counted = 0;
  const figures = new UsageCounters({ ...NOTHING_BEFORE, ofQuota: async () => counted }, () => {
    rounds.push(Promise.withResolvers());
    return rounds.at(-1)?.promise ?? Promise.resolve();
  });
  const read = figures.ofQuota(month, nowMs);
  // Before the first round is through the counters are lost once more.
  figures.beginAnew();
  rounds[0]?.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  counted = 7;
  rounds[1]?.resolve();
  expect(await read).toBe(7);
});

test("while they can't be read nobody waits for long, and only so many wait at once", async () => {
  const figures = new UsageCounters(NOTHING_BEFORE, () => new Promise(() => {}));
  const waiting = Array.from({ length: 2_000 }, () => figures.ofQuota(month, nowMs));
  const ends = Promise.allSettled(waiting);
  await expect(figures.ofQuota(month, nowMs)).rejects.toThrow("too many");
  await vi.advanceTimersByTimeAsync(2_500);
  for (const end of await ends) expect(end).toMatchObject({ reason: expect.any(VerdictUnavailable) });
});

test("many that ask at once wait for one reading, of each counter and each period", async () => {
  const read: string[] = [];
  const figures = new UsageCounters(
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
      figures.ofQuota(month, nowMs),
      figures.ofQuota(month, later),
      figures.ofWindow(one, nowMs),
    ]).flat(),
  );
  expect(read.sort()).toEqual([new Date(nowMs).toISOString(), "2027-01-01T00:00:00.000Z", "window"].sort());
});
