import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import {
  API_SCOPES,
  BADGES,
  call,
  from,
  listings,
  passedBy,
  requests,
  traffic,
} from "#test/passed-checks.ts";
import type { CheckRequest } from "../check.ts";
import { compileRestrictions } from "./compile.ts";
import type { PassedChecks } from "./effect.ts";
import { evaluateRestrictions } from "./evaluate.ts";
import { suggestNarrowerRestrictions } from "./suggest.ts";
import { NO_RESTRICTIONS } from "./types.ts";

type Rules = ReturnType<typeof compileRestrictions>;

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
