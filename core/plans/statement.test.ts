import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS } from "../time.ts";
import { amountOf, formatAmount } from "./money.ts";
import { type BilledPlanPeriod, type CountedUsage, statementLines, totalOf } from "./statement.ts";
import type { PlanTerms } from "./terms.ts";

const START = Date.UTC(2026, 10, 1);
const MONTH = { start: START, end: Date.UTC(2026, 11, 1) };
const at = (day: number, hour = 0) => START + ((day - 1) * 24 + hour) * HOUR_MS;

const TERMS: PlanTerms = {
  limits: [],
  unitsPerOperation: {},
  includedUnits: 1_000,
  overage: "allow",
  trialDays: null,
  price: { currency: "EUR", monthly: "30.00", perThousand: "0.5" },
};
const period = (more: Partial<BilledPlanPeriod> = {}, terms: Partial<PlanTerms> = {}): BilledPlanPeriod => ({
  api: "chat",
  plan: { slug: "pro", name: "Pro" },
  versions: [{ version: 1, appliesAt: 0, terms: { ...TERMS, ...terms } }],
  overrides: [],
  startsAt: 0,
  endsAt: null,
  trialEndsAt: null,
  ...more,
});
const used = (day: number, units: number, more: Partial<CountedUsage> = {}): CountedUsage => ({
  at: at(day),
  api: "chat",
  operation: "send",
  requests: units,
  units,
  ...more,
});

test("amounts are rounded half up to the minor unit of the currency, without floating point", () => {
  expect(formatAmount(amountOf("0.5", 1_250, 1_000, "EUR"), "EUR")).toBe("0.63");
  expect(formatAmount(amountOf("0.5", 1_249, 1_000, "EUR"), "EUR")).toBe("0.62");
  expect(formatAmount(amountOf("0.1", 3, 1, "EUR"), "EUR")).toBe("0.30");
  expect(formatAmount(amountOf("100", 1_499, 1_000, "JPY"), "JPY")).toBe("150");
  expect(formatAmount(amountOf("1.2345", 1, 1, "KWD"), "KWD")).toBe("1.235");
  expect(formatAmount(amountOf("999999999.999999", 10_000_000_000_000, 1_000, "EUR"), "EUR")).toBe(
    "9999999999999990000.00",
  );
  expect(formatAmount(0n, "EUR")).toBe("0.00");
});

test("a month on one plan costs its monthly price, and what is beyond the included units", () => {
  const lines = statementLines(MONTH, [used(1, 800), used(2, 700)], [period()]);
  expect(lines).toMatchObject([
    { kind: "fee", operation: null, price: "30.00", amount: "30.00", units: 0 },
    {
      kind: "usage",
      operation: "send",
      units: 1_500,
      included: 1_000,
      over: 500,
      price: "0.5",
      amount: "0.25",
    },
  ]);
  expect(totalOf(lines)).toEqual({
    requests: 1_500,
    units: 1_500,
    amounts: [{ currency: "EUR", amount: "30.25" }],
  });
});

test("without a plan, a statement has requests and units and no price", () => {
  expect(statementLines(MONTH, [used(1, 5)], [])).toMatchObject([
    { plan: null, units: 5, included: 5, over: 0, price: null, amount: null, currency: null },
  ]);
});

test("after a change of plan, the month's units count towards the included units of the new plan", () => {
  const free = period(
    { plan: { slug: "free", name: "Free" }, endsAt: at(11) },
    { includedUnits: 100, price: null },
  );
  const pro = period({ startsAt: at(11) });
  const lines = statementLines(MONTH, [used(10, 150), used(12, 900)], [free, pro]);
  expect(lines).toMatchObject([
    { plan: { slug: "free" }, units: 150, included: 100, over: 50, amount: null },
    // 20 of 30 days.
    { kind: "fee", plan: { slug: "pro" }, amount: "20.00" },
    { plan: { slug: "pro" }, units: 900, included: 850, over: 50, amount: "0.03" },
  ]);
});

test("usage of the hour in which the first plan begins belongs to it; a later change counts from the next hour", () => {
  const first = period({ startsAt: at(5, 10) + 1_800_000, endsAt: at(5, 12) + 1_800_000 });
  const second = period({ plan: { slug: "max", name: "Max" }, startsAt: at(5, 12) + 1_800_000 });
  const hours = [9, 10, 12, 13].map((hour) => used(5, 1, { at: at(5, hour) }));
  const bySlug = statementLines(MONTH, hours, [first, second]).filter(({ kind }) => kind === "usage");
  expect(bySlug.map(({ plan, units }) => [plan?.slug, units])).toEqual([
    [undefined, 1],
    ["max", 1],
    ["pro", 2],
  ]);
});

test("a trial costs nothing, and new versions and overrides apply from their time", () => {
  const trial = period({ trialEndsAt: at(16) });
  const lines = statementLines(MONTH, [used(1, 1_200), used(20, 100)], [trial]);
  expect(lines.map(({ kind, trial: isTrial, over, amount }) => [kind, isTrial, over, amount])).toEqual([
    ["fee", false, 0, "15.00"],
    ["usage", true, 200, "0.00"],
    ["usage", false, 100, "0.05"],
  ]);
  const versions = [
    { version: 1, appliesAt: 0, terms: TERMS },
    {
      version: 2,
      appliesAt: at(16),
      terms: { ...TERMS, price: { currency: "EUR", monthly: "60", perThousand: "1" } },
    },
  ];
  const fees = statementLines(MONTH, [], [period({ versions })]);
  expect(fees.map(({ plan, amount }) => [plan?.version, amount])).toEqual([
    [1, "15.00"],
    [2, "30.00"],
  ]);
  const [line] = statementLines(
    MONTH,
    [used(1, 10)],
    [period({ overrides: [{ terms: { price: null, includedUnits: 4 }, startsAt: 0, endsAt: null }] })],
  );
  expect(line).toMatchObject({ included: 4, over: 6, amount: null });
});

test("an override ends within the month: the fee and the usage after it are those of the plan", () => {
  const overrides = [{ terms: { price: null }, startsAt: 0, endsAt: at(16) }];
  const lines = statementLines(MONTH, [used(15, 1_000), used(16, 1_000)], [period({ overrides })]);
  expect(lines.map(({ kind, over, amount }) => [kind, over, amount])).toEqual([
    ["fee", 0, "15.00"],
    ["usage", 0, null],
    ["usage", 1_000, "0.50"],
  ]);
});

test("of several overrides, each applies in its time, and the later one where two overlap", () => {
  const monthly = (amount: string) => ({ price: { currency: "EUR", monthly: amount, perThousand: "0" } });
  const overrides = [
    { terms: monthly("60"), startsAt: at(11), endsAt: at(21) },
    { terms: monthly("90"), startsAt: at(16), endsAt: at(26) },
  ];
  const fees = statementLines(MONTH, [], [period({ overrides })]);
  // 30 EUR for 10 days and for 5, 60 EUR for 5, and 90 EUR for 10.
  expect(fees.map(({ price, amount }) => [price, amount])).toEqual([
    ["30.00", "10.00"],
    ["60", "10.00"],
    ["90", "30.00"],
    ["30.00", "5.00"],
  ]);
});

test("a change that leaves the monthly price as it is does not divide its line", () => {
  const overrides = [
    { terms: { includedUnits: 5 }, startsAt: at(7), endsAt: at(9) },
    { terms: { includedUnits: 7 }, startsAt: at(9), endsAt: null },
  ];
  const fees = statementLines(MONTH, [], [period({ overrides })]);
  expect(fees.map(({ amount }) => amount)).toEqual(["30.00"]);
});

test("the lines add up to the usage to the unit, and amounts to the total, whatever the plans are", () => {
  const usage = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 719 }).map((hour) => START + hour * HOUR_MS),
      api: fc.constantFrom("chat", "mail"),
      operation: fc.constantFrom("", "send", "list"),
      requests: fc.integer({ min: 0, max: 10_000 }),
      units: fc.integer({ min: 0, max: 1_000_000_000 }),
    }),
  );
  const changes = fc.array(
    fc.record({
      at: fc.integer({ min: MONTH.start - HOUR_MS, max: MONTH.end }),
      included: fc.option(fc.integer({ min: 0, max: 2_000_000_000 })),
      trial: fc.boolean(),
      priced: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(usage, changes, (counted, plans) => {
      const sorted = plans.sort((a, b) => a.at - b.at);
      const periods = sorted.map((one, place) =>
        period(
          {
            plan: { slug: `plan-${place}`, name: "" },
            startsAt: one.at,
            endsAt: sorted[place + 1]?.at ?? null,
            trialEndsAt: one.trial ? one.at + 48 * HOUR_MS : null,
          },
          { includedUnits: one.included, ...(!one.priced && { price: null }) },
        ),
      );
      const lines = statementLines(MONTH, counted, periods);
      const sum = (of: { requests: number; units: number }[], name: "requests" | "units") =>
        of.reduce((total, row) => total + row[name], 0);
      const total = totalOf(lines);
      expect(total.requests).toBe(sum(counted, "requests"));
      expect(total.units).toBe(sum(counted, "units"));
      for (const { units, included, over } of lines) expect(included + over).toBe(units);
    }),
  );
});
