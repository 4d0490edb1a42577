import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requests, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { referenceCode } from "#test/reference-evaluator.ts";
import type { CheckRequest } from "../check.ts";
import { NO_CLIENT } from "../client.ts";
import { judgeObservation, OBSERVATION_KINDS, OTHERS, observationsOf } from "../observations.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { compileRestrictions } from "./compile.ts";
import { explainRestrictions } from "./explain.ts";
import { judgeRestrictions } from "./judge.ts";
import { RESTRICTION_KINDS } from "./kinds.ts";
import { remedyFor, withAdded } from "./remedy.ts";
import { singles } from "./singles.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

const sets = writtenRestrictions.map(canonical);
const set = (some: Partial<Restrictions>): Restrictions => ({ ...NO_RESTRICTIONS, ...some });
const request: CheckRequest = {
  requestId: "",
  api: "badges",
  operation: null,
  call: null,
  cost: 1,
  client: NO_CLIENT,
};
const judge = (restrictions: Restrictions, asked = request) =>
  judgeRestrictions(compileRestrictions(restrictions), asked);

describe("a set", () => {
  test("of nothing refuses nothing", () => {
    fc.assert(
      fc.property(requests, (asked) => {
        expect(judge(NO_RESTRICTIONS, asked)).toBeNull();
      }),
    );
  });

  test("lets a call through exactly when every kind with entries has one that does", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, asked) => {
        const passes = RESTRICTION_KINDS.every((kind) => {
          const entries = singles(restrictions).filter((single) => single.kind === kind);
          return entries.length === 0 || entries.some((single) => judge(single.set, asked) === null);
        });
        expect(judge(restrictions, asked) === null).toBe(passes);
      }),
      { numRuns: 500 },
    );
  });

  test("answers what a second, plain reading of the contract does", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, asked) => {
        const { api, operation, client } = asked;
        const code = judge(restrictions, asked)?.code ?? "VALID";
        expect(code).toBe(referenceCode(restrictions, api, operation, client));
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

  test("never tells the list that a call was held against", () => {
    const ips = ["203.0.113.77", "2001:db8:77::/48"];
    const referrers = ["internal-77.example.com"];
    const why = [
      judge(set({ ips }), { ...request, client: { ...NO_CLIENT, clientIp: "198.51.100.7" } }),
      judge(set({ referrers }), { ...request, client: { ...NO_CLIENT, referrer: "https://example.com/" } }),
    ];
    expect(JSON.stringify(why)).not.toContain("77");
  });

  test("tells what it saw of a page without its query, and no secret anywhere", () => {
    const secret = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
    const client = {
      ...NO_CLIENT,
      referrer: `https://u:p@example.com/${secret}?key=${secret}`,
      origin: secret,
    };
    const why = judge(set({ referrers: ["example.com"] }), { ...request, client });
    expect(why?.observed).toEqual({
      referrer: "https://…@example.com/lk_live_zQWB…Lq17",
      origin: "lk_live_zQWB…Lq17",
    });
    const unknown = judge(set({ ips: ["198.51.100.7"] }), {
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
      "Add the site of “https://evil.test/”",
    ],
    [{ referrers: ["example.com"] }, {}, "did not say which page"],
    [{ referrers: ["example.com"] }, { origin: "null" }, "did not say which page"],
    [{ referrers: ["example.com"] }, { referrer: "null" }, "“null” names no page"],
    [{ referrers: ["example.com"] }, { referrer: "https://u@example.com/" }, "names no page"],
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
    [{ ips: ["198.51.100.7"] }, {}, "did not say where"],
    [{ ips: ["198.51.100.7"] }, { clientIp: "unknown" }, "“unknown”, which is none"],
    [{ apps }, {}, "did not say which app"],
    [{ apps }, { androidPackage: "com.example.app" }, "needs both"],
    [{ apps }, { androidCertSha1: "ab".repeat(20) }, "needs both"],
    [{ apps }, { iosBundleId: "com.other" }, "Add the app “com.other”"],
  ])("says what is wrong: %j, %j: %s", (rules, client, words) => {
    const asked = { ...request, client: { ...NO_CLIENT, ...client } };
    expect(judge(set(rules), asked)?.message).toContain(words);
  });

  test("tells an operation that is not allowed from one that was not found and one that was not named", () => {
    const rules = set({ apis: [{ api: "badges", operations: ["badges.list"] }] });
    expect(judge(rules, { ...request, operation: "badges.sync" })?.message).toContain(
      "Add the operation “badges.sync”",
    );
    expect(judge(rules)?.message).toContain("did not say which one");
    const call = { method: "GET", path: "/nowhere?key=x" };
    expect(judge(rules, { ...request, call })?.message).toContain("has none for GET /nowhere.");
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
    expect(judge(apps, { ...request, client: { ...NO_CLIENT, ...client } })?.code ?? null).toBe(code);
  });

  test.each([
    [readAndroidApp({ package: "example", sha1 }), "app-package"],
    [readAndroidApp({ package: "com.example.app", sha1: "ab" }), "app-sha1"],
    [readIosApp({ bundleId: "com example" }), "app-bundle-id"],
    [readIosApp({ bundleId: "" }), "app-bundle-id"],
  ])("that can't be read is refused: %j", (reading, code) => {
    expect(reading).toMatchObject({ ok: false, code });
  });

  test("never makes reading throw, and in canonical form stays as it is", () => {
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
  test("agrees with the verdict, kind by kind, and names an entry that lets the call through alone", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, asked) => {
        const rules = explainRestrictions(restrictions, asked);
        expect(rules.map(({ kind }) => kind)).toEqual(RESTRICTION_KINDS);
        expect(rules.find(({ outcome }) => outcome === "refused")?.code).toBe(
          judge(restrictions, asked)?.code,
        );
        for (const { kind, matched, outcome } of rules) {
          const by = singles(restrictions).find((single) => single.kind === kind && single.text === matched);
          expect(by !== undefined && judge(by.set, asked) === null).toBe(outcome === "allowed");
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a remedy", () => {
  test("lets the refused call through the rule that refused it", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, asked) => {
        const why = judge(restrictions, asked);
        const remedy = why && remedyFor(why.code, asked);
        if (!remedy) return;
        expect(canonical(remedy.add)).toEqual(remedy.add);
        expect(judge(withAdded(restrictions, remedy.add), asked)?.code).not.toBe(why.code);
      }),
      { numRuns: 500 },
    );
  });

  test("is there for every call whose caller can be told", () => {
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

describe("a sighting", () => {
  test("is judged as the call was that left it", () => {
    fc.assert(
      fc.property(sets, requests, (restrictions, asked) => {
        const rules = compileRestrictions(restrictions);
        const seen = observationsOf(asked.client);
        for (const [kind, sighting] of [
          ["ips", "address"],
          ["referrers", "origin"],
          ["apps", "app"],
        ] as const) {
          const said = judgeObservation(rules, sighting, seen[sighting]);
          const outcome = explainRestrictions(restrictions, asked).find(
            (rule) => rule.kind === kind,
          )?.outcome;
          if (said === "allowed") expect(outcome).not.toBe("refused");
          if (said === "refused") expect(outcome).toBe("refused");
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(["com.good.app@SHA|android:evil", "evil|android:com.good.app", "android:com.good.app", "good"])(
    "of the forged package %s is none, for no list can name it: never another app's",
    (forged) => {
      const sha1 = "ab".repeat(20);
      const rules = set({ apps: { android: [{ package: "com.good.app", sha1 }], ios: [] } });
      const androidPackage = forged.replace("SHA", sha1);
      const client = { ...NO_CLIENT, androidPackage, androidCertSha1: sha1 };
      expect(judge(rules, { ...request, client })?.code).toBe("APP_NOT_ALLOWED");
      expect(observationsOf(client).app).toBe("");
      expect(judgeObservation(compileRestrictions(rules), "app", observationsOf(client).app)).toBe("refused");
    },
  );

  test("of what was not kept apart is unsure, where its kind restricts", () => {
    const rules = compileRestrictions(set({ ips: ["198.51.100.7"] }));
    expect(OBSERVATION_KINDS.map((kind) => judgeObservation(rules, kind, OTHERS))).toEqual([
      "unsure",
      "allowed",
      "allowed",
    ]);
  });

  test("of a page is its origin alone, and of a secret nothing", () => {
    const secret = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
    const referrer = `https://example.com:8443/account?key=${secret}`;
    expect(observationsOf({ ...NO_CLIENT, referrer, iosBundleId: secret })).toEqual({
      address: "",
      origin: "https://example.com:8443",
      app: "",
    });
  });
});
