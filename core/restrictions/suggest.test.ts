import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requests as anyRequests, SCOPES, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { compileScopes, requiredScopesOf } from "../api-scopes/required.ts";
import { type CheckRequest, NO_SCOPES } from "../check.ts";
import { NO_CLIENT } from "../client.ts";
import { OBSERVATION_KINDS, observationsOf } from "../observations.ts";
import { OTHERS } from "../others.ts";
import { compileRestrictions } from "./compile.ts";
import { effectOf, newlyRefused, type PassedChecks } from "./effect.ts";
import { evaluateKind, evaluateRestrictions } from "./evaluate.ts";
import { suggestNarrowerRestrictions } from "./suggest.ts";
import { NO_RESTRICTIONS } from "./types.ts";

/** The requirements of the operations of `badges`; `offers` has no scopes. */
const BADGES = compileScopes(SCOPES, [
  { name: "badges.sync", requiredScopes: [["badges:write"]] },
  { name: "badges.list", requiredScopes: [["badges:read"], ["badges:write"]] },
  { name: "offers.list", requiredScopes: null },
]);
const API_SCOPES = new Map([["badges", BADGES]]);
/** What services ask for is not recorded. */
const requests = anyRequests.map((request) => ({
  ...request,
  requiredScopes: requiredScopesOf(API_SCOPES.get(request.api) ?? null, request.operation, []),
}));

/** What is stored for these calls, without a bound. `listed`: the operations of each API that lists some. */
function passedBy(
  calls: CheckRequest[],
  listed: Record<string, string[]> = {},
  scopes: PassedChecks["scopes"] = new Map(),
): PassedChecks {
  const passed: PassedChecks = {
    checks: calls.length,
    calls: [],
    listedApis: new Set(Object.keys(listed)),
    scopes,
    observations: { address: [], origin: [], app: [] },
  };
  for (const { api, operation, client } of calls) {
    const isKept = operation !== null && (listed[api]?.includes(operation) ?? true);
    const name = isKept ? operation : "";
    const same = passed.calls.find((one) => one.api === api && one.operation === name);
    if (same) same.count++;
    else passed.calls.push({ api, operation: name, count: 1 });
    const seen = observationsOf(client);
    for (const kind of OBSERVATION_KINDS) {
      const list = passed.observations[kind];
      const known = list.find(({ value }) => value === seen[kind]);
      if (known) known.count++;
      else list.push({ value: seen[kind], count: 1, lastSeenAt: 1 });
    }
  }
  return passed;
}
/** Its callers also use an operation that it does not have. */
const LISTED = { badges: ["badges.sync", "offers.list"] };
const listings = fc.constantFrom({}, LISTED);
type Rules = ReturnType<typeof compileRestrictions>;
const traffic = fc.array(requests, { minLength: 1, maxLength: 12 });
const call = (client: Partial<typeof NO_CLIENT>, operation: string | null = "badges.list"): CheckRequest => ({
  requestId: "",
  api: "badges",
  operation,
  call: null,
  cost: 1,
  ...NO_SCOPES,
  client: { ...NO_CLIENT, ...client },
});
const from = (...addresses: string[]) => passedBy(addresses.map((clientIp) => call({ clientIp })));

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
  });

  test("compared with the restrictions in force, a wider set denies nothing more, and another set only the difference", () => {
    const ips = (...entries: string[]) => ({ ...NO_RESTRICTIONS, ips: entries });
    const passed = from("198.51.100.7", "198.51.100.7", "203.0.113.9");
    passed.checks += 3;
    const current = ips("198.51.100.7");
    expect(newlyRefused(ips("198.51.100.7", "192.0.2.1"), current, passed)).toEqual({
      atLeast: 0,
      atMost: 0,
    });
    expect(newlyRefused(ips("192.0.2.1"), current, passed)).toEqual({ atLeast: 0, atMost: 5 });
    expect(newlyRefused(ips("192.0.2.1"), NO_RESTRICTIONS, passed)).toEqual({ atLeast: 3, atMost: 6 });
  });
});

describe("a suggestion", () => {
  test("allows nothing that the key's restrictions deny, and all recorded traffic that they allow", () => {
    const sets = writtenRestrictions.map(canonical);
    const others = fc.array(requests, { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(traffic, sets, listings, others, (calls, current, listed, more) => {
        const { suggestion } = suggestNarrowerRestrictions(passedBy(calls, listed, API_SCOPES), current, 0);
        if (suggestion === null) return;
        expect(suggestion.wouldRefuse).toBe(0);
        const { apis: _, ...written } = canonical(suggestion.restrictions);
        expect(suggestion.restrictions).toMatchObject(written);
        const [before, after] = [current, suggestion.restrictions].map(compileRestrictions) as [Rules, Rules];
        for (const one of calls) {
          if (evaluateRestrictions(before, one) === null) expect(evaluateRestrictions(after, one)).toBeNull();
        }
        for (const one of [...calls, ...more]) {
          if (evaluateRestrictions(after, one) === null) expect(evaluateRestrictions(before, one)).toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("denies at most as many more checks as it says, however much may be ignored", () => {
    const sets = writtenRestrictions.map(canonical);
    fc.assert(
      fc.property(traffic, sets, listings, fc.nat(4), (calls, current, listed, leaveOut) => {
        const { suggestion } = suggestNarrowerRestrictions(
          passedBy(calls, listed, API_SCOPES),
          current,
          leaveOut,
        );
        if (suggestion === null) return;
        const [before, after] = [current, suggestion.restrictions].map(compileRestrictions) as [Rules, Rules];
        const more = calls.filter(
          (one) => evaluateRestrictions(before, one) === null && evaluateRestrictions(after, one) !== null,
        );
        expect(suggestion.wouldRefuse).toBeLessThanOrEqual(leaveOut);
        expect(more.length).toBeLessThanOrEqual(suggestion.wouldRefuse);
      }),
      { numRuns: 1_000 },
    );
  });

  test("ignores traffic that the key's current restrictions deny", () => {
    const passed = from("203.0.113.7", "198.51.100.66");
    const ips = ["203.0.113.7"];
    const { suggestion } = suggestNarrowerRestrictions(
      passed,
      { ...NO_RESTRICTIONS, ips: ["203.0.113.0/24"] },
      0,
    );
    expect(suggestion).toMatchObject({ restrictions: { ips }, wouldRefuse: 0 });
    const apis = [{ api: "badges", operations: ["badges.list"] }];
    expect(suggestNarrowerRestrictions(passed, { ...NO_RESTRICTIONS, ips, apis }, 0).suggestion).toBeNull();
  });

  test("never widens addresses to their network or operations to the API", () => {
    const calls = Array.from({ length: 25 }, (_, n) => call({ clientIp: `203.0.113.${n}` }, `badges.${n}`));
    const ips = calls.map(({ client }) => client.clientIp ?? "");
    const current = { ...NO_RESTRICTIONS, ips, apis: [{ api: "badges", operations: ["badges.*"] }] };
    expect(suggestNarrowerRestrictions(passedBy(calls), current, 0).suggestion).toBeNull();
    const whole = { ...current, ips: ["203.0.0.0/16"] };
    expect(suggestNarrowerRestrictions(passedBy(calls), whole, 0).suggestion?.restrictions).toEqual({
      ...current,
      ips: ["203.0.113.0/24"],
    });
  });

  test("is not created if only the order or the notation differs", () => {
    const passed = from("198.51.100.7", "203.0.113.9");
    const apis = [{ api: "badges", operations: ["badges.list"] }];
    const current = { ...NO_RESTRICTIONS, ips: ["203.0.113.9", "198.51.100.7"], apis };
    expect(suggestNarrowerRestrictions(passed, current, 0).suggestion).toBeNull();
    const twice = { ...current, ips: [...current.ips, "203.0.113.9/32"] };
    expect(suggestNarrowerRestrictions(passed, twice, 0).suggestion).toBeNull();
  });

  test("is not created if a key could not have that many entries", () => {
    const ips = Array.from({ length: 1_000 }, (_, n) => `10.${n % 250}.${n >> 8}.7`);
    const everywhere = passedBy(ips.map((clientIp) => call({ clientIp })));
    const { suggestion, why } = suggestNarrowerRestrictions(everywhere, { ...NO_RESTRICTIONS, ips }, 0);
    expect(suggestion).toBeNull();
    expect(why).toContain("more entries");
  });

  const restrictionsFor = (passed: PassedChecks, leaveOut = 0) =>
    suggestNarrowerRestrictions(passed, NO_RESTRICTIONS, leaveOut).suggestion?.restrictions;

  test("lists few addresses separately, and more as networks", () => {
    expect(restrictionsFor(from("198.51.100.7", "203.0.113.9"))?.ips).toEqual([
      "198.51.100.7",
      "203.0.113.9",
    ]);
    const many = Array.from({ length: 30 }, (_, n) => `198.51.${n % 2}.${n}`);
    expect(restrictionsFor(from(...many, "2001:db8::1"))?.ips).toEqual([
      "198.51.0.0/24",
      "198.51.1.0/24",
      "2001:db8::/64",
    ]);
  });

  test("lists no addresses if there are too many, and says so", () => {
    const everywhere = Array.from({ length: 50 }, (_, n) => `198.51.${n}.1`);
    const { suggestion, why } = suggestNarrowerRestrictions(from(...everywhere), NO_RESTRICTIONS, 0);
    expect(suggestion?.restrictions.ips).toEqual([]);
    expect(why).toContain("50 networks");
  });

  test("lists a website, and several of its subdomains as one pattern", () => {
    const pages = [
      "https://example.com/a",
      "https://a.example.com/",
      "https://b.example.com/",
      "https://c.example.com/",
      "http://localhost:5173/",
    ];
    const passed = passedBy(pages.map((referrer, n) => call({ referrer, clientIp: `198.51.100.${n}` })));
    expect(restrictionsFor(passed)).toMatchObject({
      ips: [],
      referrers: ["http://localhost:5173", "https://*.example.com", "https://example.com"],
    });
  });

  test("never combines websites of different owners", () => {
    const pages = ["https://a.github.io/", "https://b.github.io/", "https://c.github.io/"];
    expect(restrictionsFor(passedBy(pages.map((referrer) => call({ referrer }))))?.referrers).toEqual([
      "https://a.github.io",
      "https://b.github.io",
      "https://c.github.io",
    ]);
  });

  test("lists an app", () => {
    const sha1 = "ab".repeat(20);
    const android = call({
      androidPackage: "com.example.app",
      androidCertSha1: sha1,
      clientIp: "198.51.100.7",
    });
    const ios = call({ iosBundleId: "com.example.app" });
    expect(restrictionsFor(passedBy([android, ios]))?.apps).toEqual({
      android: [{ package: "com.example.app", sha1 }],
      ios: [{ bundleId: "com.example.app" }],
    });
  });

  test("lists the operations if every call named one, else only the API", () => {
    expect(restrictionsFor(from("198.51.100.7"))?.apis).toEqual([
      { api: "badges", operations: ["badges.list"] },
    ]);
    const unnamed = passedBy([call({ clientIp: "198.51.100.7" }), call({ clientIp: "198.51.100.7" }, null)]);
    expect(restrictionsFor(unnamed)?.apis).toEqual([{ api: "badges", operations: [] }]);
  });

  test("ignores rare traffic only on request, and says how many checks it would deny", () => {
    const passed = from(...Array.from({ length: 99 }, () => "198.51.100.7"), "203.0.113.9");
    expect(restrictionsFor(passed)?.ips).toHaveLength(2);
    expect(suggestNarrowerRestrictions(passed, NO_RESTRICTIONS, 1).suggestion).toMatchObject({
      wouldRefuse: 1,
      restrictions: { ips: ["198.51.100.7"] },
    });
  });

  test("is not created without traffic or if the key is already as narrow", () => {
    expect(suggestNarrowerRestrictions(passedBy([]), NO_RESTRICTIONS, 0)).toMatchObject({ suggestion: null });
    const passed = from("198.51.100.7");
    const { suggestion } = suggestNarrowerRestrictions(passed, NO_RESTRICTIONS, 0);
    if (!suggestion) throw new Error("nothing suggested");
    expect(suggestNarrowerRestrictions(passed, suggestion.restrictions, 0)).toMatchObject({
      suggestion: null,
    });
  });

  test("says why addresses are unknown: missing or not recorded", () => {
    const without = passedBy([call({}), call({ clientIp: "198.51.100.7" })]);
    expect(suggestNarrowerRestrictions(without, NO_RESTRICTIONS, 0).why).toContain("have no IP address");
    const earlier = { ...from("198.51.100.7"), checks: 10 };
    expect(suggestNarrowerRestrictions(earlier, NO_RESTRICTIONS, 0).why).toContain("not recorded");
  });

  test("names the scopes that the calls needed, if these are not all of the API's", () => {
    const scopes = new Map([["badges", BADGES]]);
    const suggested = (calls: CheckRequest[], current = NO_RESTRICTIONS) =>
      suggestNarrowerRestrictions(passedBy(calls, {}, scopes), current, 0).suggestion?.restrictions.apis;
    const [read, write] = [call({}, "badges.list"), call({}, "badges.sync")];
    expect(suggested([read])).toEqual([
      { api: "badges", operations: ["badges.list"], scopes: ["badges:read"] },
    ]);
    // The scope for writing also reads.
    expect(suggested([read, write])).toEqual([
      { api: "badges", operations: ["badges.list", "badges.sync"], scopes: ["badges:write"] },
    ]);
    const unknown = suggested([read, call({}, "badges.unlisted")]);
    expect(unknown).toEqual([{ api: "badges", operations: ["badges.list", "badges.unlisted"] }]);
    const held = { ...NO_RESTRICTIONS, apis: [{ api: "badges", operations: [], scopes: ["badges:write"] }] };
    expect(suggested([read], held)).toEqual([
      { api: "badges", operations: ["badges.list"], scopes: ["badges:write"] },
    ]);
  });
});
