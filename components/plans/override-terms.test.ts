import { expect, test } from "vitest";
import { NO_TERMS } from "#test/plan-terms.ts";
import { overriddenTerms } from "./override-terms.ts";

const plan = {
  ...NO_TERMS,
  limits: [{ name: "calls", operations: null, rate: { limit: 5, windowSeconds: 60 }, quota: null }],
  unitsPerOperation: { a: 1, b: 2 },
  price: { currency: "EUR", monthly: "49", perThousand: "0" },
};

test("what equals the plan is not overridden, whatever the order of its fields", () => {
  const entered = {
    ...plan,
    unitsPerOperation: { b: 2, a: 1 },
    price: { perThousand: "0", currency: "EUR", monthly: "49" },
  };
  expect(overriddenTerms(plan, entered)).toEqual({});
});

test("each term that differs is overridden as a whole, and a trial never is", () => {
  expect(overriddenTerms(plan, { ...plan, includedUnits: 5, price: null, trialDays: 9 })).toEqual({
    includedUnits: 5,
    price: null,
  });
  expect(overriddenTerms(plan, { ...plan, limits: [] })).toEqual({ limits: [] });
});
