import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clients, requests, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import { type CheckRequest, NO_SCOPES } from "./check.ts";
import { type Client, NO_CLIENT } from "./client.ts";
import { evaluateObservation, OBSERVATION_KINDS, observationsOf } from "./observations.ts";
import { OTHERS } from "./other-values.ts";
import { compileRestrictions } from "./restrictions/compile.ts";
import { evaluateRestrictions } from "./restrictions/evaluate.ts";
import { explainRestrictions } from "./restrictions/explain.ts";
import { referringPage } from "./restrictions/referrer-set.ts";
import { NO_RESTRICTIONS } from "./restrictions/types.ts";

const request: CheckRequest = {
  requestId: "",
  api: "badges",
  operation: null,
  call: null,
  cost: 1,
  ...NO_SCOPES,
  client: NO_CLIENT,
};

describe("an observation", () => {
  test("has the outcome of the request that it was recorded for", () => {
    fc.assert(
      fc.property(writtenRestrictions.map(canonical), requests, (restrictions, request) => {
        const rules = compileRestrictions(restrictions);
        const observed = observationsOf(request.client);
        for (const [kind, observationKind] of [
          ["ips", "address"],
          ["referrers", "origin"],
          ["apps", "app"],
        ] as const) {
          const recorded = evaluateObservation(rules, observationKind, observed[observationKind]);
          const outcome = explainRestrictions(restrictions, request).find(
            (rule) => rule.kind === kind,
          )?.outcome;
          if (recorded === "allowed") expect(outcome).not.toBe("refused");
          if (recorded === "refused") expect(outcome).toBe("refused");
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(["com.good.app@SHA|android:evil", "evil|android:com.good.app", "android:com.good.app", "good"])(
    "of the forged package %s is empty and never names another app",
    (forged) => {
      const sha1 = "ab".repeat(20);
      const rules = compileRestrictions({
        ...NO_RESTRICTIONS,
        apps: { android: [{ package: "com.good.app", sha1 }], ios: [] },
      });
      const androidPackage = forged.replace("SHA", sha1);
      const client = { ...NO_CLIENT, androidPackage, androidCertSha1: sha1 };
      expect(evaluateRestrictions(rules, { ...request, client })?.code).toBe("APP_NOT_ALLOWED");
      expect(observationsOf(client).app).toBe("");
      expect(evaluateObservation(rules, "app", observationsOf(client).app)).toBe("refused");
    },
  );

  test("of values that are not recorded separately is unsure if its kind restricts", () => {
    const rules = compileRestrictions({ ...NO_RESTRICTIONS, ips: ["198.51.100.7"] });
    expect(OBSERVATION_KINDS.map((kind) => evaluateObservation(rules, kind, OTHERS))).toEqual([
      "unsure",
      "allowed",
      "allowed",
    ]);
  });

  test("is of the client itself, however little the client before differs from it", () => {
    const fields = Object.keys(NO_CLIENT) as (keyof Client)[];
    const readAfter = (before: Client, client: Client) => {
      observationsOf(before);
      referringPage(before);
      return { observed: observationsOf(client), page: referringPage(client) };
    };
    fc.assert(
      fc.property(clients, clients, fc.constantFrom(...fields), (client, other, field) => {
        const similar = { ...client, [field]: other[field] };
        expect(readAfter(similar, client)).toEqual(readAfter(NO_CLIENT, client));
      }),
      { numRuns: 1_000 },
    );
  });

  test("contains only the origin of a page and no secret", () => {
    const secret = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
    const referrer = `https://example.com:8443/account?key=${secret}`;
    expect(observationsOf({ ...NO_CLIENT, referrer, iosBundleId: secret })).toEqual({
      address: "",
      origin: "https://example.com:8443",
      app: "",
    });
  });
});
