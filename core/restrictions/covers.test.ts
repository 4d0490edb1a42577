import fc from "fast-check";
import { expect, test } from "vitest";
import { requests, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { compileRestrictions } from "./compile.ts";
import { coversKind } from "./covers.ts";
import { evaluateKind } from "./evaluate.ts";
import { RESTRICTION_KINDS, type RestrictionKind } from "./kinds.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

const sets = writtenRestrictions.map(canonical);

test("a set that covers another allows everything that the other allows", () => {
  fc.assert(
    fc.property(sets, sets, fc.array(requests, { minLength: 10, maxLength: 20 }), (wide, narrow, calls) => {
      const [outer, inner] = [compileRestrictions(wide), compileRestrictions(narrow)];
      for (const kind of RESTRICTION_KINDS.filter((one) => coversKind(one, wide, narrow))) {
        for (const call of calls) {
          if (evaluateKind(kind, inner, call) === null) expect(evaluateKind(kind, outer, call)).toBeNull();
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a set covers itself, in any order", () => {
  fc.assert(
    fc.property(sets, (set) => {
      const turned = { ...set, ips: set.ips.toReversed(), referrers: set.referrers.toReversed() };
      for (const kind of RESTRICTION_KINDS) expect(coversKind(kind, set, turned)).toBe(true);
    }),
  );
});

const CASES: [
  kind: RestrictionKind,
  wide: Partial<Restrictions>,
  narrow: Partial<Restrictions>,
  yes: boolean,
][] = [
  ["ips", {}, { ips: ["198.51.100.7"] }, true],
  ["ips", { ips: ["198.51.100.7"] }, {}, false],
  ["ips", { ips: ["198.51.100.0/24"] }, { ips: ["198.51.100.7", "198.51.100.128/25"] }, true],
  ["ips", { ips: ["198.51.100.0/25"] }, { ips: ["198.51.100.0/24"] }, false],
  ["ips", { ips: ["::/1"] }, { ips: ["198.51.100.7"] }, false],
  ["referrers", { referrers: ["*.example.com"] }, { referrers: ["https://a.b.example.com"] }, true],
  ["referrers", { referrers: ["*.example.com"] }, { referrers: ["*.b.example.com/shop"] }, true],
  ["referrers", { referrers: ["*.example.com"] }, { referrers: ["example.com"] }, false],
  ["referrers", { referrers: ["example.com"] }, { referrers: ["*.example.com"] }, false],
  ["referrers", { referrers: ["*.example.com"] }, { referrers: ["evilexample.com"] }, false],
  ["referrers", { referrers: ["https://example.com"] }, { referrers: ["example.com"] }, false],
  ["referrers", { referrers: ["example.com"] }, { referrers: ["capacitor://example.com"] }, false],
  ["referrers", { referrers: ["example.com:*"] }, { referrers: ["example.com:8443"] }, true],
  ["referrers", { referrers: ["example.com"] }, { referrers: ["example.com:8443"] }, false],
  ["referrers", { referrers: ["example.com/shop/*"] }, { referrers: ["example.com/shop/cart"] }, true],
  ["referrers", { referrers: ["example.com/shop/*"] }, { referrers: ["example.com"] }, false],
  ["referrers", { referrers: ["example.com/*"] }, { referrers: ["example.com"] }, true],
  ["apis", { apis: [{ api: "a", operations: [] }] }, { apis: [{ api: "a", operations: ["x"] }] }, true],
  [
    "apis",
    { apis: [{ api: "a", operations: ["x.*"] }] },
    { apis: [{ api: "a", operations: ["x.y*"] }] },
    true,
  ],
  ["apis", { apis: [{ api: "a", operations: ["x.*"] }] }, { apis: [{ api: "a", operations: [] }] }, false],
  ["apis", { apis: [{ api: "a", operations: [] }] }, { apis: [{ api: "b", operations: [] }] }, false],
];

test.each(CASES)("%s: %j covers %j: %s", (kind, wide, narrow, yes) => {
  expect(coversKind(kind, { ...NO_RESTRICTIONS, ...wide }, { ...NO_RESTRICTIONS, ...narrow })).toBe(yes);
});
