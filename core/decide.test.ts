import { describe, expect, test } from "vitest";
import type { CheckRequest } from "./check.ts";
import { type Client, NO_CLIENT } from "./client.ts";
import { decide, evaluateReportOnly } from "./decide.ts";
import type { Facts, KeyFacts, ProjectFacts, SecretFacts } from "./facts.ts";
import { compileRestrictions, UNRESTRICTED } from "./restrictions/compile.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./restrictions/types.ts";
import type { VerdictCode } from "./verdict.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const request: CheckRequest = {
  requestId: "req_1",
  api: "badges",
  operation: "badges.sync",
  call: null,
  cost: 1,
  requiredScopes: [["badges:write"]],
  apiScopes: ["badges:read", "badges:write"],
  client: NO_CLIENT,
};

interface Given {
  secret?: Partial<SecretFacts>;
  key?: Partial<KeyFacts>;
  project?: Partial<ProjectFacts>;
}

function facts({ secret = {}, key = {}, project = {} }: Given = {}): Facts {
  return {
    credential: "known",
    secret: {
      secretId: "sec_1",
      overlapEndsAt: null,
      key: {
        id: "key_1",
        projectId: "prj_1",
        name: "checkout server",
        environment: "live",
        enabled: true,
        revokedAt: null,
        expiresAt: null,
        metadata: { team: "pay" },
        description: "Charges cards",
        tags: ["pay"],
        externalId: "cus_7",
        restrictions: UNRESTRICTED,
        reportOnly: null,
        limits: null,
        ...key,
      },
      ...secret,
    },
    project: {
      id: "prj_1",
      suspended: false,
      enabledApis: new Set(["badges"]),
      limits: null,
      ceiling: null,
      plans: null,
      ...project,
    },
  };
}

function restricted(restrictions: Partial<Restrictions>): Given {
  return { key: { restrictions: compileRestrictions({ ...NO_RESTRICTIONS, ...restrictions }) } };
}

function codeOf(given: Given, check: Partial<CheckRequest> = {}, nowMs = NOW): VerdictCode {
  return decide(facts(given), { ...request, ...check }, nowMs).code;
}

test("an active secret of an unrestricted key is valid and returns the facts of the key", () => {
  expect(decide(facts(), request, NOW)).toEqual({
    valid: true,
    code: "VALID",
    requestId: "req_1",
    keyId: "key_1",
    secretId: "sec_1",
    projectId: "prj_1",
    name: "checkout server",
    environment: "live",
    api: "badges",
    operation: "badges.sync",
    metadata: { team: "pay" },
    description: "Charges cards",
    tags: ["pay"],
    externalId: "cus_7",
    scopes: ["badges:read", "badges:write"],
    expiresAt: null,
    rotation: null,
    rateLimit: null,
    quota: null,
  });
});

test("a verdict on an unknown key contains no facts", () => {
  for (const credential of ["malformed", "unknown"] as const) {
    expect(Object.keys(decide({ credential }, request, NOW)).sort()).toEqual(
      ["code", "message", "observed", "requestId", "valid"].sort(),
    );
  }
});

// In the documented order (docs/integrate/verify-keys.md). Each fault is combined with every later one, so that all pairs are tested.
interface Fault extends Given {
  code: VerdictCode;
  rules?: Partial<Restrictions>;
  client?: Partial<Client>;
}
const ips = ["198.51.100.7"];
const FAULTS: Fault[] = [
  { code: "KEY_REVOKED", key: { revokedAt: NOW - 1 } },
  { code: "KEY_DISABLED", key: { enabled: false } },
  { code: "KEY_EXPIRED", key: { expiresAt: NOW } },
  { code: "KEY_ROTATED", secret: { overlapEndsAt: NOW } },
  { code: "PROJECT_SUSPENDED", project: { suspended: true } },
  { code: "API_NOT_ENABLED", project: { enabledApis: new Set() } },
  { code: "API_NOT_ALLOWED", rules: { apis: [{ api: "streams", operations: [] }] } },
  {
    code: "OPERATION_NOT_ALLOWED",
    rules: { apis: [{ api: "badges", operations: ["offers.*"], scopes: ["badges:read"] }] },
  },
  {
    code: "SCOPE_NOT_GRANTED",
    rules: { apis: [{ api: "badges", operations: [], scopes: ["badges:read"] }] },
  },
  { code: "CLIENT_IP_UNKNOWN", rules: { ips }, client: { clientIp: null } },
  { code: "IP_NOT_ALLOWED", rules: { ips }, client: { clientIp: "198.51.100.8" } },
  { code: "REFERRER_NOT_ALLOWED", rules: { referrers: ["example.com"] } },
  { code: "APP_NOT_ALLOWED", rules: { apps: { android: [], ios: [{ bundleId: "com.example" }] } } },
];

describe("the first applicable code in the documented order is the verdict", () => {
  for (const [first, a] of FAULTS.entries()) {
    test(`${a.code} alone`, () => expect(codeOfFaults(a, a)).toBe(a.code));
    for (const b of FAULTS.slice(first + 1)) {
      test(`${a.code} before ${b.code}`, () => expect(codeOfFaults(a, b)).toBe(a.code));
    }
  }
});

function codeOfFaults(a: Fault, b: Fault): VerdictCode {
  const { key } = restricted({ ...b.rules, ...a.rules });
  const given: Given = {
    secret: { ...b.secret, ...a.secret },
    key: { ...key, ...b.key, ...a.key },
    project: { ...b.project, ...a.project },
  };
  return codeOf(given, { client: { ...NO_CLIENT, ...b.client, ...a.client } });
}

test("a key works until the millisecond in which it expires", () => {
  expect(codeOf({ key: { expiresAt: NOW } }, {}, NOW - 1)).toBe("VALID");
  expect(codeOf({ key: { expiresAt: NOW } }, {}, NOW)).toBe("KEY_EXPIRED");
});

test("an older secret works during its overlap and returns when that ends", () => {
  const verdict = decide(facts({ secret: { overlapEndsAt: NOW + 1 } }), request, NOW);
  expect(verdict).toMatchObject({ code: "VALID", rotation: { lapsesAt: new Date(NOW + 1).toISOString() } });
});

describe("API restrictions", () => {
  const only = (...operations: string[]): Given => restricted({ apis: [{ api: "badges", operations }] });

  test("an entry without operations allows the whole API, also for requests without an operation", () => {
    expect(codeOf(only(), { operation: null })).toBe("VALID");
  });

  test("a star at the end matches every operation with that prefix, case-sensitively", () => {
    expect(codeOf(only("badges.*"))).toBe("VALID");
    expect(codeOf(only("Badges.*"))).toBe("OPERATION_NOT_ALLOWED");
    expect(codeOf(only("badges.sync2"))).toBe("OPERATION_NOT_ALLOWED");
  });

  test("a key restricted to operations denies requests without an operation", () => {
    expect(codeOf(only("badges.*"), { operation: null })).toBe("OPERATION_NOT_ALLOWED");
  });

  test("two entries for one API are combined, in either order", () => {
    const entries = [
      { api: "badges", operations: ["badges.sync"] },
      { api: "badges", operations: [] },
    ];
    for (const list of [entries, entries.toReversed()]) {
      expect(codeOf(restricted({ apis: list }), { operation: "anything" })).toBe("VALID");
    }
  });

  test("a denial contains the observed values, never the key's entries", () => {
    const verdict = decide(facts(only("badges.secret-list-entry")), request, NOW);
    expect(verdict).toMatchObject({ observed: { api: "badges", operation: "badges.sync" } });
    expect(JSON.stringify(verdict)).not.toContain("secret-list-entry");
  });
});

describe("report-only restrictions", () => {
  const trial = { since: NOW - 1, restrictions: compileRestrictions({ ...NO_RESTRICTIONS, ips }) };
  const from = (clientIp: string): CheckRequest => ({ ...request, client: { ...NO_CLIENT, clientIp } });
  const { key } = (facts({ key: { reportOnly: trial } }) as Extract<Facts, { credential: "known" }>).secret;

  test("deny nothing", () => {
    expect(codeOf({ key: { reportOnly: trial } }, from("198.51.100.8"))).toBe("VALID");
  });

  test("report what they would have denied, and why", () => {
    expect(evaluateReportOnly(key, from("198.51.100.7"))).toEqual({ since: NOW - 1, reason: null });
    expect(evaluateReportOnly(key, from("198.51.100.8"))).toMatchObject({
      since: NOW - 1,
      reason: { code: "IP_NOT_ALLOWED", observed: { clientIp: "198.51.100.8" } },
    });
  });
});
