import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requests, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { referenceCode } from "#test/reference-evaluator.ts";
import { type CheckRequest, NO_SCOPES } from "../check.ts";
import { NO_CLIENT } from "../client.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { compileRestrictions } from "./compile.ts";
import { evaluateRestrictions } from "./evaluate.ts";
import { explainRestrictions } from "./explain.ts";
import { RESTRICTION_KINDS } from "./kinds.ts";
import { remedyFor, withAdded } from "./remedy.ts";
import { splitEntries } from "./split-entries.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

const sets = writtenRestrictions.map(canonical);
const set = (some: Partial<Restrictions>): Restrictions => ({ ...NO_RESTRICTIONS, ...some });
const request: CheckRequest = {
  requestId: "",
  api: "badges",
  operation: null,
  call: null,
  cost: 1,
  ...NO_SCOPES,
  client: NO_CLIENT,
};
const evaluate = (restrictions: Restrictions, checked = request) =>
  evaluateRestrictions(compileRestrictions(restrictions), checked);

describe("a set", () => {
  test("without entries denies nothing", () => {
    fc.assert(
      fc.property(requests, (checked) => {
        expect(evaluate(NO_RESTRICTIONS, checked)).toBeNull();
      }),
    );
  });

  test("allows a request exactly if an entry of each kind with entries allows it", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, checked) => {
        const passes = RESTRICTION_KINDS.every((kind) => {
          const entries = splitEntries(restrictions).filter((single) => single.kind === kind);
          return entries.length === 0 || entries.some((single) => evaluate(single.set, checked) === null);
        });
        expect(evaluate(restrictions, checked) === null).toBe(passes);
      }),
      { numRuns: 500 },
    );
  });

  test("agrees with a second, simple implementation of the rules", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, checked) => {
        const { api, operation, client, requiredScopes } = checked;
        const code = evaluate(restrictions, checked)?.code ?? "VALID";
        expect(code).toBe(referenceCode(restrictions, api, operation, client, requiredScopes?.[0]));
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    { ...NO_RESTRICTIONS, countries: ["de"] },
    { ...NO_RESTRICTIONS, ips: { 0: "198.51.100.7" } },
    { ...NO_RESTRICTIONS, ips: [7] },
    { ...NO_RESTRICTIONS, apps: { android: {}, ios: [{ bundleId: "a" }] } },
    { ...NO_RESTRICTIONS, apps: { android: [], ios: [], web: [] } },
    {},
  ])("that this version doesn't know whole is not compiled, rather than taken for none: %j", (stored) => {
    expect(() => compileRestrictions(stored as unknown as Restrictions)).toThrow();
  });

  test("never reveals its entries in a denial", () => {
    const ips = ["203.0.113.77", "2001:db8:77::/48"];
    const referrers = ["internal-77.example.com"];
    const why = [
      evaluate(set({ ips }), { ...request, client: { ...NO_CLIENT, clientIp: "198.51.100.7" } }),
      evaluate(set({ referrers }), {
        ...request,
        client: { ...NO_CLIENT, referrer: "https://example.com/" },
      }),
    ];
    expect(JSON.stringify(why)).not.toContain("77");
  });

  test("reports observed values without queries and secrets", () => {
    const secret = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
    const client = {
      ...NO_CLIENT,
      referrer: `https://u:p@example.com/${secret}?key=${secret}`,
      origin: secret,
    };
    const why = evaluate(set({ referrers: ["example.com"] }), { ...request, client });
    expect(why?.observed).toEqual({
      referrer: "https://…@example.com/lk_live_zQWB…Lq17",
      origin: "lk_live_zQWB…Lq17",
    });
    const unknown = evaluate(set({ ips: ["198.51.100.7"] }), {
      ...request,
      client: { ...NO_CLIENT, clientIp: secret },
    });
    expect(JSON.stringify(unknown)).not.toContain(secret);
  });

  const apps = { android: [{ package: "com.example.app", sha1: "ab".repeat(20) }], ios: [] };
  test.each([
    [
      { referrers: ["example.com"] },
      { referrer: "https://evil.test/" },
      "Add the website of “https://evil.test/”",
    ],
    [{ referrers: ["example.com"] }, {}, "needs a Referer or Origin"],
    [{ referrers: ["example.com"] }, { origin: "null" }, "needs a Referer or Origin"],
    [{ referrers: ["example.com"] }, { referrer: "null" }, "“null” is not a page"],
    [{ referrers: ["example.com"] }, { referrer: "https://u@example.com/" }, "is not a page"],
    [
      { referrers: ["example.com"] },
      { referrer: "https://example.com/", origin: "https://evil.test" },
      "name different sites",
    ],
    [
      { referrers: ["example.com"] },
      { referrer: "https://example.com/", origin: "null" },
      "the page is sandboxed",
    ],
    [{ ips: ["198.51.100.7"] }, {}, "must send the caller's IP address"],
    [{ ips: ["198.51.100.7"] }, { clientIp: "unknown" }, "“unknown” is not one"],
    [{ apps }, {}, "The request needs X-Android-Package"],
    [{ apps }, { androidPackage: "com.example.app" }, "must send both"],
    [{ apps }, { androidCertSha1: "ab".repeat(20) }, "must send both"],
    [{ apps }, { iosBundleId: "com.other" }, "Add the app “com.other”"],
  ])("explains the denial: %j, %j: %s", (rules, client, words) => {
    const checked = { ...request, client: { ...NO_CLIENT, ...client } };
    expect(evaluate(set(rules), checked)?.message).toContain(words);
  });

  test("distinguishes operations that are not allowed, not found and not sent", () => {
    const rules = set({ apis: [{ api: "badges", operations: ["badges.list"] }] });
    expect(evaluate(rules, { ...request, operation: "badges.sync" })?.message).toContain(
      "Add the operation “badges.sync”",
    );
    expect(evaluate(rules)?.message).toContain("did not send the operation");
    const call = { method: "GET", path: "/nowhere?key=x" };
    expect(evaluate(rules, { ...request, call })?.message).toContain("has none for GET /nowhere.");
  });
});

describe("an app", () => {
  const sha1 = "AB:".repeat(19).concat("AB");
  test.each([
    [{ androidPackage: "com.example.app", androidCertSha1: "ab".repeat(20) }, null],
    [{ androidPackage: "com.example.app", androidCertSha1: sha1 }, null],
    [{ androidPackage: "com.example.App", androidCertSha1: sha1 }, "APP_NOT_ALLOWED"],
    [{ androidPackage: "com.example.app" }, "APP_NOT_ALLOWED"],
    [{ androidPackage: "com.example.app", androidCertSha1: "cd".repeat(20) }, "APP_NOT_ALLOWED"],
    [{ iosBundleId: "COM.Example.App" }, null],
    [{ iosBundleId: "com.example.app2" }, "APP_NOT_ALLOWED"],
    [{ iosBundleId: "\u212Aom.example.app" }, "APP_NOT_ALLOWED"],
    [{ androidPackage: "com.other", androidCertSha1: sha1, iosBundleId: "com.example.app" }, null],
    [{}, "APP_NOT_ALLOWED"],
  ])("%j: %s", (client, code) => {
    const apps = canonical(
      set({
        apps: { android: [{ package: "com.example.app", sha1 }], ios: [{ bundleId: "com.Example.app" }] },
      }),
    );
    expect(evaluate(apps, { ...request, client: { ...NO_CLIENT, ...client } })?.code ?? null).toBe(code);
  });

  test.each([
    [readAndroidApp({ package: "example", sha1 }), "app-package"],
    [readAndroidApp({ package: "com.example.app", sha1: "ab" }), "app-sha1"],
    [readIosApp({ bundleId: "com example" }), "app-bundle-id"],
    [readIosApp({ bundleId: "" }), "app-bundle-id"],
  ])("that is invalid is rejected: %j", (parsed, code) => {
    expect(parsed).toMatchObject({ ok: false, code });
  });

  test("never makes the parser throw, and keeps its canonical form", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: "binary" }), (one, other) => {
        readAndroidApp({ package: one, sha1: other });
        const ios = readIosApp({ bundleId: one });
        if (ios.ok) expect(readIosApp(ios.entry)).toMatchObject({ entry: ios.entry });
      }),
    );
    const android = readAndroidApp({ package: "com.example.app", sha1 });
    expect(android.ok && readAndroidApp(android.entry)).toEqual(android);
  });
});

describe("an explanation", () => {
  test("agrees with the verdict for every kind and names an entry that allows the request alone", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, checked) => {
        const rules = explainRestrictions(restrictions, checked);
        expect(rules.map(({ kind }) => kind)).toEqual(RESTRICTION_KINDS);
        expect(rules.find(({ outcome }) => outcome === "refused")?.code).toBe(
          evaluate(restrictions, checked)?.code,
        );
        for (const { kind, matched, outcome } of rules) {
          const by = splitEntries(restrictions).find(
            (single) => single.kind === kind && single.text === matched,
          );
          expect(by !== undefined && evaluate(by.set, checked) === null).toBe(outcome === "allowed");
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a remedy", () => {
  test("makes the rule that denied the request allow it", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, checked) => {
        const why = evaluate(restrictions, checked);
        const remedy = why && remedyFor(why.code, checked);
        if (!remedy) return;
        expect(canonical(remedy.add)).toEqual(remedy.add);
        expect(evaluate(withAdded(restrictions, remedy.add), checked)?.code).not.toBe(why.code);
      }),
      { numRuns: 500 },
    );
  });

  test("exists for every request with a known client", () => {
    const from = (client: Partial<typeof NO_CLIENT>) => ({ ...request, client: { ...NO_CLIENT, ...client } });
    expect(remedyFor("IP_NOT_ALLOWED", from({ clientIp: "[2001:DB8::1]:80" }))?.label).toBe(
      "Allow 2001:db8::1",
    );
    expect(remedyFor("REFERRER_NOT_ALLOWED", from({ referrer: "https://a.example/x" }))?.label).toBe(
      "Allow https://a.example",
    );
    expect(remedyFor("REFERRER_NOT_ALLOWED", from({}))).toBeNull();
    expect(remedyFor("CLIENT_IP_UNKNOWN", from({ clientIp: "unknown" }))).toBeNull();
  });
});
