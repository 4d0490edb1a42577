import { describe, expect, test } from "vitest";
import { createPlanSchema, updatePlanSchema } from "./schema.ts";

const plan = (more: Record<string, unknown>) => ({ api: "badges", slug: "pro", name: "Pro", ...more });
const problemsOf = (more: Record<string, unknown>) => {
  const { error } = createPlanSchema.safeParse(plan(more));
  return error?.issues.map(({ path }) => path.join(".")) ?? [];
};
const rate = { limit: 5, windowSeconds: 1 };
const quota = { limit: 5, period: "month" };

test("a plan needs only an API, a slug and a name", () => {
  expect(createPlanSchema.parse(plan({}))).toEqual({
    ...plan({}),
    description: "",
    visibility: "public",
    approval: false,
    limits: [],
    unitsPerOperation: {},
    includedUnits: null,
    overage: "block",
    trialDays: null,
    price: null,
  });
});

test("a change contains only what is given", () => {
  expect(updatePlanSchema.parse({ api: "badges", slug: "pro" })).toEqual({
    api: "badges",
    slug: "pro",
    takesEffect: "now",
  });
});

test("a star alone is all operations, and amounts may be numbers", () => {
  const read = createPlanSchema.parse(
    plan({
      limits: [{ name: "all", operations: "*", rate }],
      price: { currency: "usd", monthly: 49.5, perThousand: "0.0035" },
    }),
  );
  expect(read.limits).toEqual([{ name: "all", operations: null, rate, quota: null }]);
  expect(read.price).toEqual({ currency: "USD", monthly: "49.5", perThousand: "0.0035" });
});

describe("is rejected:", () => {
  test.each([
    ["a limit without rate and quota", { limits: [{ name: "a" }] }, "limits.0.rate"],
    ["a limit with both", { limits: [{ name: "a", rate, quota }] }, "limits.0.rate"],
    [
      "a name twice",
      {
        limits: [
          { name: "a", rate },
          { name: "a", quota },
        ],
      },
      "limits.1.name",
    ],
    [
      "two limits with one counter",
      {
        limits: [
          { name: "a", rate },
          { name: "b", rate },
        ],
      },
      "limits.1",
    ],
    ["a reserved name", { limits: [{ name: "default", rate }] }, "limits.0.name"],
    ["a name that ends a header value", { limits: [{ name: 'a";q=1', rate }] }, "limits.0.name"],
    ["a rate of zero", { limits: [{ name: "a", rate: { ...rate, limit: 0 } }] }, "limits.0.rate.limit"],
    [
      "a quota over the maximum",
      { limits: [{ name: "a", quota: { ...quota, limit: 1e13 } }] },
      "limits.0.quota.limit",
    ],
    ["a star inside a pattern", { limits: [{ name: "a", rate, operations: "a*b" }] }, "limits.0.operations"],
    ["an empty pattern", { limits: [{ name: "a", rate, operations: "" }] }, "limits.0.operations"],
    ["a pattern with a space", { unitsPerOperation: { "a b": 1 } }, "unitsPerOperation.a b"],
    ["negative units", { unitsPerOperation: { a: -1 } }, "unitsPerOperation.a"],
    [
      "a name that is lost",
      { unitsPerOperation: JSON.parse('{"__proto__": 5}') },
      "unitsPerOperation.__proto__",
    ],
    ["that name with a space", { unitsPerOperation: { "__proto__ ": 5 } }, "unitsPerOperation.__proto__ "],
    ["a pattern twice", { unitsPerOperation: { a: 1, "a ": 5 } }, "unitsPerOperation.a "],
    ["half a unit", { unitsPerOperation: { a: 0.5 } }, "unitsPerOperation.a"],
    ["too many units", { unitsPerOperation: { a: 1_001 } }, "unitsPerOperation.a"],
    ["negative included units", { includedUnits: -1 }, "includedUnits"],
    ["a trial of no days", { trialDays: 0 }, "trialDays"],
    ["a currency that does not exist", { price: { currency: "XYZ" } }, "price.currency"],
    ["an amount in words", { price: { currency: "EUR", monthly: "1e3" } }, "price.monthly"],
    ["a negative amount", { price: { currency: "EUR", monthly: -1 } }, "price.monthly"],
    ["an unknown field", { limit: 5 }, ""],
  ])("%s", (_, more, path) => {
    expect(problemsOf(more)).toEqual([path]);
  });

  test("eleven limits, and 201 patterns", () => {
    const limits = Array.from({ length: 11 }, (_, n) => ({
      name: `a${n}`,
      rate: { ...rate, windowSeconds: n + 1 },
    }));
    const units = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`a${n}`, 1]));
    expect(problemsOf({ limits })).toEqual(["limits"]);
    expect(problemsOf({ unitsPerOperation: units })).toEqual(["unitsPerOperation"]);
  });
});
