import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { API_SCOPES, call, from, LISTED, listings, passedBy, traffic } from "#test/passed-checks.ts";
import { OTHERS } from "../other-values.ts";
import { compileRestrictions } from "./compile.ts";
import { effectOf, newlyDenied } from "./effect.ts";
import { evaluateKind, evaluateRestrictions } from "./evaluate.ts";
import { NO_RESTRICTIONS } from "./types.ts";

describe("the effect of a set", () => {
  test("bounds the number of denied checks, and is exact for each kind without unsure values", () => {
    fc.assert(
      fc.property(writtenRestrictions.map(canonical), traffic, listings, (set, calls, listed) => {
        const rules = compileRestrictions(set);
        const effect = effectOf(set, passedBy(calls, listed, API_SCOPES));
        const denied = calls.filter((one) => evaluateRestrictions(rules, one) !== null).length;
        expect(effect.atLeast).toBeLessThanOrEqual(denied);
        expect(effect.atMost).toBeGreaterThanOrEqual(denied);
        for (const { kind, refused: atLeast, unsure } of effect.kinds) {
          const really = calls.filter((one) => evaluateKind(kind, rules, one) !== null).length;
          expect(really).toBeGreaterThanOrEqual(atLeast);
          expect(really).toBeLessThanOrEqual(atLeast + unsure);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("is unsure for unlisted operations of an API with listed operations, else exact", () => {
    const calls = [call({}, "badges.typo"), call({}, null), call({}, "badges.sync")];
    const apis = [{ api: "badges", operations: ["badges.*"] }];
    expect(effectOf({ ...NO_RESTRICTIONS, apis }, passedBy(calls, LISTED))).toMatchObject({
      atLeast: 0,
      atMost: 2,
      kinds: [{ refused: 0, unsure: 2, values: [{ value: "badges", outcome: "unsure" }] }],
    });
    expect(effectOf({ ...NO_RESTRICTIONS, apis }, passedBy(calls))).toMatchObject({ atLeast: 1, atMost: 1 });
    const others = [{ api: "offers", operations: ["offers.*"] }];
    expect(effectOf({ ...NO_RESTRICTIONS, apis: others }, passedBy(calls, LISTED))).toMatchObject({
      atLeast: 3,
      atMost: 3,
    });
  });

  test("is unsure for values that were not recorded, or not separately", () => {
    const passed = from("198.51.100.7", "198.51.100.7");
    passed.checks += 3;
    passed.observations.address.push({ value: OTHERS, count: 1, lastSeenAt: 1 });
    const effect = effectOf({ ...NO_RESTRICTIONS, ips: ["203.0.113.9"] }, passed);
    expect(effect).toMatchObject({ atLeast: 2, atMost: 5, kinds: [{ kind: "ips", refused: 2, unsure: 3 }] });
    expect(effect.kinds[0]?.values).toContainEqual({
      value: OTHERS,
      count: 2,
      outcome: "unsure",
      lastSeenAt: null,
    });
  });

  test("compared with the restrictions in force, a wider set denies nothing more, and another set only the difference", () => {
    const ips = (...entries: string[]) => ({ ...NO_RESTRICTIONS, ips: entries });
    const passed = from("198.51.100.7", "198.51.100.7", "203.0.113.9");
    passed.checks += 3;
    const current = ips("198.51.100.7");
    expect(newlyDenied(ips("198.51.100.7", "192.0.2.1"), current, passed)).toEqual({
      atLeast: 0,
      atMost: 0,
    });
    expect(newlyDenied(ips("192.0.2.1"), current, passed)).toEqual({ atLeast: 0, atMost: 5 });
    expect(newlyDenied(ips("192.0.2.1"), NO_RESTRICTIONS, passed)).toEqual({ atLeast: 3, atMost: 6 });
  });
});
