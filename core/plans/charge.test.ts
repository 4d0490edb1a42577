import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_TERMS } from "#test/plan-terms.ts";
import { ChargeTable, chargeTableAt, planAt } from "./charge.ts";
import type { PlanPeriod } from "./periods.ts";
import type { PlanLimit, PlanTerms } from "./terms.ts";

const OF = { projectId: "prj_1", api: "badges", plan: "pro" };
const CALL = { method: "GET", path: "/x" };
const quota = (name: string, operations: string | null, limit = 5): PlanLimit => ({
  name,
  operations,
  rate: null,
  quota: { limit, period: "month" },
});
const table = (terms: Partial<PlanTerms>) => new ChargeTable(OF, { ...NO_TERMS, ...terms });
const namesIn = (of: ChargeTable, operation: string | null, call: typeof CALL | null = null) =>
  of.chargeOf({ operation, call }).limits.map(({ policy }) => policy?.name);

test("units and limits are those of a linear search for the longest pattern", () => {
  const name = fc.stringMatching(/^[ab.]{0,4}$/);
  const pattern = fc.oneof(
    name.filter((text) => text !== ""),
    name.map((text) => `${text}*`),
  );
  const cases = fc.record({
    units: fc.dictionary(pattern, fc.nat(9), { noNullPrototype: true }),
    patterns: fc.array(fc.option(pattern), { maxLength: 4 }),
    operations: fc.array(
      name.filter((text) => text !== ""),
      { minLength: 1 },
    ),
  });
  const matches = (text: string, operation: string) =>
    text.endsWith("*") ? operation.startsWith(text.slice(0, -1)) : operation === text;
  fc.assert(
    fc.property(cases, ({ units, patterns, operations }) => {
      const limits = patterns.map((operations, at) => quota(`l${at}`, operations));
      const compiled = table({ limits, unitsPerOperation: units });
      for (const operation of [...operations, ...operations]) {
        let best: string | null = null;
        for (const text of Object.keys(units)) {
          if (!matches(text, operation)) continue;
          const isLonger = best === null || text.replace("*", "").length > best.replace("*", "").length;
          if (isLonger || text === operation) best = text;
        }
        expect(compiled.chargeOf({ operation, call: null }).units).toBe(best === null ? 1 : units[best]);
        const expected = limits.filter(
          (one) => one.operations === null || matches(one.operations, operation),
        );
        expect(namesIn(compiled, operation)).toEqual(expected.map(({ name }) => name));
      }
    }),
  );
});

describe("a call whose operation is not known", () => {
  const compiled = table({
    limits: [quota("all", null), quota("exports", "export.*")],
    unitsPerOperation: { "export.*": 20, status: 0 },
  });

  test("counts against every limit at the highest price if its path matches no operation", () => {
    expect(namesIn(compiled, null, CALL)).toEqual(["all", "exports"]);
    expect(compiled.chargeOf({ operation: null, call: CALL }).units).toBe(20);
  });

  test("costs at least 1 if all listed operations are free", () => {
    const free = table({ unitsPerOperation: { status: 0 } });
    expect(free.chargeOf({ operation: null, call: CALL }).units).toBe(1);
  });

  test("counts against the limits for all operations if the service sent neither operation nor path", () => {
    expect(namesIn(compiled, null)).toEqual(["all"]);
    expect(compiled.chargeOf({ operation: null, call: null }).units).toBe(1);
    const all = table({ unitsPerOperation: { "*": 3, "a*": 9 } });
    expect(all.chargeOf({ operation: null, call: null }).units).toBe(3);
  });
});

test("included units are a limit only if overage is blocked", () => {
  expect(namesIn(table({ includedUnits: 10 }), "a")).toEqual(["included"]);
  expect(namesIn(table({ includedUnits: 10, overage: "allow" }), "a")).toEqual([]);
});

test("no two limits of a plan share a counter, and those of two plans that count the same do", () => {
  const rate = (name: string, windowSeconds: number, limit: number): PlanLimit => ({
    ...quota(name, null),
    quota: null,
    rate: { limit, windowSeconds },
  });
  const counters = (terms: Partial<PlanTerms>) => table(terms).limits.map(({ counter }) => counter);
  const free = [rate("second", 1, 5), rate("minute", 60, 50), quota("month", null), quota("a", "a*")];
  const ofFree = counters({ limits: free, includedUnits: 5 });
  expect(new Set(ofFree).size).toBe(5);
  const pro = [
    rate("burst", 1, 50),
    rate("sustained", 60, 500),
    quota("all", null, 99),
    quota("as", "a*", 99),
  ];
  expect(counters({ limits: pro, includedUnits: 500 })).toEqual(ofFree);
});

describe("over time", () => {
  const period = (planId: string, startsAt: number, endsAt: number | null): PlanPeriod => ({
    planId,
    startsAt,
    endsAt,
    override: null,
  });
  const project = {
    id: "prj_1",
    suspended: false,
    enabledApis: new Set(["badges"]),
    limits: null,
    ceiling: null,
    plans: new Map([["badges", [period("one", 10, 20), period("two", 20, null)]]]),
  };

  test.each([
    [9, undefined],
    [10, "one"],
    [19, "one"],
    [20, "two"],
  ])("at %i the plan is %s", (nowMs, planId) => {
    expect(planAt(project, "badges", nowMs)?.planId).toBe(planId);
    expect(planAt(project, "search", nowMs)).toBeNull();
    expect(planAt({ ...project, plans: null }, "badges", nowMs)).toBeNull();
  });

  test("the newest version that has begun applies, with the override", () => {
    const terms = (includedUnits: number) => ({ ...NO_TERMS, includedUnits });
    const versions = [
      { version: 1, appliesAt: 0, terms: terms(1) },
      { version: 2, appliesAt: 50, terms: terms(2) },
      { version: 3, appliesAt: 30, terms: terms(3) },
    ];
    const plan = { slug: "pro", versions };
    const one = period("one", 0, null);
    const includedAt = (nowMs: number, of = one) => {
      const [limit] = chargeTableAt(OF, of, plan, nowMs)?.limits ?? [];
      return limit?.kind === "quota" ? limit.quota.limit : null;
    };
    // Version 3 replaced version 2 before that began.
    expect([29, 30, 29, 50].map((nowMs) => includedAt(nowMs))).toEqual([1, 3, 1, 3]);
    const overridden = (includedUnits: number | null, endsAt: number | null = null) => ({
      ...one,
      override: { terms: { includedUnits }, endsAt, changedAt: 20 },
    });
    expect(includedAt(30, overridden(9))).toBe(9);
    expect(includedAt(30, overridden(null))).toBeNull();
    // It ends without any change.
    const ending = overridden(9, 40);
    expect([39, 40, 39].map((nowMs) => includedAt(nowMs, ending))).toEqual([9, 3, 9]);
  });

  test("limits have the time when their terms took effect, because counters of earlier terms may lack units", () => {
    const versions = [{ version: 1, appliesAt: 5, terms: { ...NO_TERMS, includedUnits: 1 } }];
    const plan = { slug: "pro", versions };
    const sinceAt = (nowMs: number, of: PlanPeriod) =>
      chargeTableAt(OF, of, plan, nowMs)?.limits.map(({ termsSince }) => termsSince);
    expect(sinceAt(30, period("one", 0, null))).toEqual([5]);
    expect(sinceAt(30, period("one", 10, null))).toEqual([10]);
    const override = { terms: {}, endsAt: null, changedAt: 20 };
    expect(sinceAt(30, { ...period("one", 10, null), override })).toEqual([20]);
    const ending = { terms: { includedUnits: 2 }, endsAt: 25, changedAt: 20 };
    expect(sinceAt(30, { ...period("one", 10, null), override: ending })).toEqual([25]);
  });
});
