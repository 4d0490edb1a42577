import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";
import { SlidingWindow } from "#core/limits/window.ts";
import { ChargeTable } from "#core/plans/charge.ts";
import type { Limiter } from "#engine/limits/limiter.ts";
import type { UsageBackfill } from "#engine/limits/usage-backfill.ts";
import { NO_TERMS } from "#test/plan-terms.ts";

/** A limiter, or several that share their counters, on a clock that the test moves. */
export interface LimitersUnderTest {
  limiters: Limiter[];
  close(): Promise<void>;
}

interface LimiterSetup {
  clock: { monotonic: number };
  backfill: UsageBackfill;
  /** How many limiters share their counters. */
  amount: number;
}

export const NOTHING_BEFORE: UsageBackfill = { ofWindow: async () => [], ofQuota: async () => 0 };

const PROJECT_ID = "prj_1";
let names = 0;
export function rate(limit: number, windowSeconds: number, counter = `key_${++names}`): Limit {
  return { kind: "rate", scope: "key", projectId: PROJECT_ID, counter, rate: { limit, windowSeconds } };
}
export function quota(limit: number, counter = `key_${++names}`, period: "day" | "month" = "month"): Limit {
  return { kind: "quota", scope: "key", projectId: PROJECT_ID, counter, quota: { limit, period } };
}

interface ContractOptions {
  /** How many limiters can share their counters. */
  most: number;
  /** With how many the long matrix runs. */
  amounts?: readonly number[];
  open: (setup: LimiterSetup) => Promise<LimitersUnderTest>;
}

/** Tests the guarantees of every limiter. */
export function limiterContract(name: string, { most, amounts = [1, 2, 4], open }: ContractOptions): void {
  describe(name, () => {
    const clock = { monotonic: 0 };
    let before: UsageBackfill = NOTHING_BEFORE;
    let opened: LimitersUnderTest;
    const backfill: UsageBackfill = {
      ofWindow: (...args) => before.ofWindow(...args),
      ofQuota: (...args) => before.ofQuota(...args),
    };
    beforeEach(async () => {
      clock.monotonic = 1_000_000_000;
      before = NOTHING_BEFORE;
      opened = await open({ clock, backfill, amount: most });
      // All windows in the tests begin after the limiter started, so a missing counter is zero.
      clock.monotonic += 100_000_000;
    });
    afterEach(() => opened.close());

    const nowMs = Date.now();
    const ask = async (at: number, limits: Limit[], cost = 1, consume = true) => {
      const limiter = opened.limiters[at % opened.limiters.length];
      if (!limiter) throw new Error("no limiter");
      return limiter.take({ limits, cost, nowMs, consume });
    };
    const passes = async (at: number, limits: Limit[], cost = 1) =>
      (await ask(at, limits, cost)).every(({ fits }) => fits);

    test("any sequence of calls gets the results of the core's sliding window, from any limiter", async () => {
      const step = fc.record({
        afterMs: fc.integer({ min: 0, max: 400 }),
        units: fc.integer({ min: 0, max: 4 }),
      });
      const cases = fc.record({
        limit: fc.integer({ min: 1, max: 12 }),
        windowSeconds: fc.constantFrom(1, 3),
        steps: fc.array(step, { maxLength: 40 }),
      });
      await fc.assert(
        fc.asyncProperty(cases, async ({ limit, windowSeconds, steps }) => {
          const [one, model, windowMs] = [
            rate(limit, windowSeconds),
            new SlidingWindow(),
            windowSeconds * 1_000,
          ];
          for (const [at, { afterMs, units }] of steps.entries()) {
            clock.monotonic += afterMs;
            model.slide(clock.monotonic, windowMs);
            const waitMs = model.waitMs(clock.monotonic, windowMs, limit, units);
            if (waitMs === 0) model.add(clock.monotonic, windowMs, units);
            const [counted] = await ask(at, [one], units);
            expect(counted).toMatchObject({ fits: waitMs === 0, used: model.used });
            expect(counted?.waitMs).toBeCloseTo(waitMs, -0.5);
          }
        }),
        { numRuns: 40 },
      );
    });

    const loads = [0.5, 1, 1.5, 3];
    const rates = [1, 5, 100].flatMap((limit) =>
      [1, 10, 60].map((windowSeconds) => ({ limit, windowSeconds })),
    );
    test.each(
      amounts
        .filter((amount) => amount <= most)
        .flatMap((amount) => rates.map((each) => ({ amount, ...each }))),
    )(
      "$amount limiters that share $limit in $windowSeconds s never allow more, and at least 95% of it",
      async ({ amount, limit, windowSeconds }) => {
        for (const load of loads) {
          const [one, windowMs] = [rate(limit, windowSeconds), windowSeconds * 1_000];
          const every = windowMs / (limit * load);
          const [passed, exact]: [number[], number[]] = [[], []];
          for (let call = 0; call < 3 * limit * load; call++) {
            const at = clock.monotonic;
            if (await passes(call % amount, [one])) passed.push(at);
            // What an exact log of every call would allow.
            if (exact.filter((moment) => moment > at - windowMs).length < limit) exact.push(at);
            clock.monotonic += every;
          }
          for (const from of passed) {
            const inSpan = passed.filter((at) => at >= from && at < from + windowMs);
            expect(inSpan.length).toBeLessThanOrEqual(limit);
          }
          expect(passed.length).toBeGreaterThanOrEqual(Math.floor(0.95 * exact.length));
          clock.monotonic += 2 * windowMs;
        }
      },
    );

    test("a call is counted against all of its limits or against none", async () => {
      const [wide, narrow, monthly] = [rate(10, 60), rate(2, 60), quota(5)];
      const all = [wide, narrow, monthly];
      expect(await passes(0, all)).toBe(true);
      expect(await passes(1, all)).toBe(true);
      expect(await passes(0, all)).toBe(false);
      const left = await ask(1, [wide, monthly], 0);
      expect(left.map(({ used }) => used)).toEqual([2, 2]);
    });

    test("a call that does not consume, or costs nothing, counts nothing", async () => {
      const one = rate(2, 60);
      await ask(0, [one], 2, false);
      await ask(0, [one], 0);
      expect(await passes(0, [one], 2)).toBe(true);
      expect(await passes(1, [one], 0)).toBe(true);
      expect(await ask(0, [one], 1)).toMatchObject([{ fits: false, used: 2 }]);
    });

    test("a quota is exact, ends with its period, and reports when", async () => {
      const one = quota(3, undefined, "day");
      const { end } = periodAt("day", nowMs);
      expect(await passes(0, [one], 2)).toBe(true);
      expect(await passes(1, [one], 2)).toBe(false);
      expect(await passes(0, [one])).toBe(true);
      const [counted] = await ask(1, [one]);
      expect(counted).toMatchObject({ fits: false, used: 3, waitMs: end - nowMs });
      const [limiter] = opened.limiters;
      const tomorrow = await limiter?.take({ limits: [one], cost: 3, nowMs: end, consume: true });
      expect(tomorrow).toMatchObject([{ fits: true, used: 3 }]);
    });

    test("a wall clock that jumps past a period's end and back allows no quota twice", async () => {
      const one = quota(3, undefined, "day");
      const { end } = periodAt("day", nowMs);
      const fits: (boolean | undefined)[] = [];
      for (const at of [nowMs, end, nowMs, end]) {
        const take = { limits: [one], cost: 3, nowMs: at, consume: true };
        fits.push((await opened.limiters[0]?.take(take))?.[0]?.fits);
      }
      expect(fits).toEqual([true, true, false, false]);
    });

    test("a new quota counter starts with the usage counts", async () => {
      before = { ...NOTHING_BEFORE, ofQuota: async () => 9 };
      const one = quota(10);
      expect(await passes(0, [one])).toBe(true);
      expect(await passes(1, [one])).toBe(false);
    });

    test("the limits of a plan are exact, each for its operations and by their units", async () => {
      const terms = {
        ...NO_TERMS,
        limits: [
          { name: "all", operations: null, rate: null, quota: { limit: 30, period: "month" as const } },
          {
            name: "exports",
            operations: "export.*",
            rate: null,
            quota: { limit: 8, period: "day" as const },
          },
          { name: "burst", operations: "export.*", rate: { limit: 6, windowSeconds: 60 }, quota: null },
        ],
        unitsPerOperation: { "export.*": 2 },
      };
      const plan = new ChargeTable({ projectId: PROJECT_ID, api: `api-${++names}`, plan: "pro" }, terms);
      const passed = async (operation: string, calls: number) => {
        const { limits, units } = plan.chargeOf({ operation, call: null });
        const answers = Array.from({ length: calls }, (_, at) => passes(at, [...limits], units));
        return (await Promise.all(answers)).filter(Boolean).length;
      };
      const [exports, reads] = await Promise.all([passed("export.one", 12), passed("read", 5)]);
      expect([exports, reads]).toEqual([3, 5]);
      clock.monotonic += 100_000;
      expect(await passed("export.all", 12)).toBe(1);
      expect(await passed("read", 40)).toBe(30 - 8 - 5);
    });

    test("a quota under new terms of its plan is raised to the usage counts, and never lowered", async () => {
      const one = quota(10, undefined, "day");
      const { start } = periodAt("day", nowMs);
      const under = (termsSince: number) => [{ ...one, termsSince }];
      const used = async (at: number, limits: Limit[]) => (await ask(at, limits, 0))[0]?.used;
      expect(await passes(0, under(start), 2)).toBe(true);
      const usage = (units: number) => {
        before = { ...NOTHING_BEFORE, ofQuota: async () => units };
      };
      usage(7);
      expect(await used(0, under(start))).toBe(2);
      expect(await used(0, under(start + 1))).toBe(7);
      expect(await passes(1, under(start + 1), 3)).toBe(true);
      expect(await passes(0, under(start + 1))).toBe(false);
      usage(4);
      expect(await used(1, under(start + 2))).toBe(10);
      // A verifier that does not know the new terms yet changes nothing.
      expect(await used(0, under(start + 1))).toBe(10);
    });

    test("concurrent calls never exceed a limit", async () => {
      const [one, monthly] = [rate(50, 60), quota(80)];
      const answers = await Promise.all(Array.from({ length: 200 }, (_, at) => passes(at, [one, monthly])));
      expect(answers.filter(Boolean)).toHaveLength(50);
    });
  });
}
