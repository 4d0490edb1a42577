import { describe, expect, test } from "vitest";
import type { CheckRequest } from "./check.ts";
import { decide } from "./decide.ts";
import type { Facts, KeyFacts, ProjectFacts, SecretFacts } from "./facts.ts";
import { compileApis } from "./restrictions/apis.ts";
import type { VerdictCode } from "./verdict.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const request: CheckRequest = { requestId: "req_1", api: "badges", operation: "badges.sync" };

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
      lapsesAt: null,
      key: {
        id: "key_1",
        projectId: "prj_1",
        name: "checkout server",
        environment: "live",
        enabled: true,
        revokedAt: null,
        expiresAt: null,
        metadata: { team: "pay" },
        apis: null,
        ...key,
      },
      ...secret,
    },
    project: { id: "prj_1", suspended: false, enabledApis: new Set(["badges"]), ...project },
  };
}

function codeOf(given: Given, check: Partial<CheckRequest> = {}, nowMs = NOW): VerdictCode {
  return decide(facts(given), { ...request, ...check }, nowMs).code;
}

test("a good secret of an unrestricted key is valid, with the facts behind it", () => {
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
    expiresAt: null,
    rotation: null,
    rateLimit: null,
    quota: null,
  });
});

test("nothing is told about a key that isn't known", () => {
  for (const credential of ["malformed", "unknown"] as const) {
    expect(Object.keys(decide({ credential }, request, NOW)).sort()).toEqual(
      ["code", "message", "observed", "requestId", "valid"].sort(),
    );
  }
});

// In the contract's order. Each fault is laid over all that come after it, so that every pair is tried.
const FAULTS: { code: VerdictCode; given: Given }[] = [
  { code: "KEY_REVOKED", given: { key: { revokedAt: NOW - 1 } } },
  { code: "KEY_DISABLED", given: { key: { enabled: false } } },
  { code: "KEY_EXPIRED", given: { key: { expiresAt: NOW } } },
  { code: "KEY_ROTATED", given: { secret: { lapsesAt: NOW } } },
  { code: "PROJECT_SUSPENDED", given: { project: { suspended: true } } },
  { code: "API_NOT_ENABLED", given: { project: { enabledApis: new Set() } } },
  { code: "API_NOT_ALLOWED", given: { key: { apis: compileApis([{ api: "streams", operations: [] }]) } } },
  {
    code: "OPERATION_NOT_ALLOWED",
    given: { key: { apis: compileApis([{ api: "badges", operations: ["offers.*"] }]) } },
  },
];

describe("the first code in the contract's order decides", () => {
  for (const [first, a] of FAULTS.entries()) {
    test(`${a.code} alone`, () => expect(codeOf(a.given)).toBe(a.code));
    for (const b of FAULTS.slice(first + 1)) {
      test(`${a.code} before ${b.code}`, () => {
        const both: Given = {
          secret: { ...b.given.secret, ...a.given.secret },
          key: { ...b.given.key, ...a.given.key },
          project: { ...b.given.project, ...a.given.project },
        };
        expect(codeOf(both)).toBe(a.code);
      });
    }
  }
});

test("a key works up to the last millisecond before it expires, and not at it", () => {
  expect(codeOf({ key: { expiresAt: NOW } }, {}, NOW - 1)).toBe("VALID");
  expect(codeOf({ key: { expiresAt: NOW } }, {}, NOW)).toBe("KEY_EXPIRED");
});

test("an older secret works inside its overlap and says when that ends", () => {
  const verdict = decide(facts({ secret: { lapsesAt: NOW + 1 } }), request, NOW);
  expect(verdict).toMatchObject({ code: "VALID", rotation: { lapsesAt: new Date(NOW + 1).toISOString() } });
});

describe("API restrictions", () => {
  const only = (...operations: string[]): Given => ({
    key: { apis: compileApis([{ api: "badges", operations }]) },
  });

  test("an entry without operations opens the whole API, also where no operation is named", () => {
    expect(codeOf(only(), { operation: null })).toBe("VALID");
  });

  test("a star at the end matches every operation that begins so, and case matters", () => {
    expect(codeOf(only("badges.*"))).toBe("VALID");
    expect(codeOf(only("Badges.*"))).toBe("OPERATION_NOT_ALLOWED");
    expect(codeOf(only("badges.sync2"))).toBe("OPERATION_NOT_ALLOWED");
  });

  test("a key restricted to operations refuses a call that names none", () => {
    expect(codeOf(only("badges.*"), { operation: null })).toBe("OPERATION_NOT_ALLOWED");
  });

  test("two entries for one API add up, in either order", () => {
    const entries = [
      { api: "badges", operations: ["badges.sync"] },
      { api: "badges", operations: [] },
    ];
    for (const list of [entries, entries.toReversed()]) {
      expect(codeOf({ key: { apis: compileApis(list) } }, { operation: "anything" })).toBe("VALID");
    }
  });

  test("a refusal names what was seen, never the list it was held against", () => {
    const verdict = decide(facts(only("badges.secret-list-entry")), request, NOW);
    expect(verdict).toMatchObject({ observed: { api: "badges", operation: "badges.sync" } });
    expect(JSON.stringify(verdict)).not.toContain("secret-list-entry");
  });
});
