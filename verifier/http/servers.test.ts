import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { updateKey } from "#domain/keys/update.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import { CHECK_CASES } from "#test/check-cases.ts";
import { enableFor, makeKey } from "#test/people.ts";
import { METRICS_TOKEN, startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import vectors from "#test/vectors/tokens.json" with { type: "json" };

let verifier: TestVerifier;
let db: TestVerifier["db"];
let ctx: TestVerifier["ctx"];
let clock: TestVerifier["clock"];
let engine: TestVerifier["engine"];
let url: TestVerifier["url"];
let projectId: TestVerifier["projectId"];
let post: TestVerifier["post"];
let verdict: TestVerifier["verdict"];
let forgetAll: TestVerifier["clearCache"];

beforeEach(async () => {
  verifier = await startTestVerifier();
  ({ db, ctx, clock, engine, url, projectId, post, verdict, clearCache: forgetAll } = verifier);
});
afterEach(() => verifier.stop());

test("the OpenAPI document is public, and names the verification paths", async () => {
  const response = await fetch(new URL("/api/openapi.json", url));
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(Object.keys((await response.json()).paths)).toContain("/api/v1/keys/verify");
  expect((await fetch(new URL("/api/openapi.json", url), { method: "POST" })).status).toBe(405);
});

describe("verdicts", () => {
  test("a valid key, with all documented facts", async () => {
    const { key, secret } = await makeKey(ctx, projectId, {
      metadata: { team: "pay" },
      tags: ["eu"],
      externalId: "cus_7",
    });
    const response = await post({
      key: secret,
      api: "badges",
      operation: "badges.sync",
      clientIp: "198.51.100.9",
      cost: 0,
    });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const body = await response.json();
    expect(response.headers.get("x-request-id")).toBe(body.requestId);
    expect(body).toEqual({
      valid: true,
      code: "VALID",
      requestId: expect.stringMatching(/^req_/),
      keyId: key.id,
      secretId: key.secrets[0]?.id,
      projectId,
      name: key.name,
      environment: "live",
      api: "badges",
      operation: "badges.sync",
      metadata: { team: "pay" },
      description: "",
      tags: ["eu"],
      scopes: [],
      externalId: "cus_7",
      expiresAt: null,
      rotation: null,
      rateLimit: null,
      quota: null,
    });
  });

  test.each(vectors.malformed)("malformed according to the vectors: %j", async (key) => {
    // A check trims white space around the key, which makes one of the vectors well-formed.
    const code = key.trim() === key ? "KEY_MALFORMED" : "KEY_NOT_FOUND";
    expect((await verdict(key)).code).toBe(key === "" ? "KEY_MISSING" : code);
  });

  test.each(vectors.wellFormed)("well-formed according to the vectors, but unknown: %s", async (key) => {
    expect((await verdict(key)).code).toBe("KEY_NOT_FOUND");
  });

  test.each(CHECK_CASES)("$name: $code $status", async ({ body, headers, status = 200, code, says }) => {
    const { secret } = await makeKey(ctx, projectId);
    const sent = body(secret);
    const asked =
      typeof sent === "string" ? sent.replace("{", '{"api":"badges",') : { api: "badges", ...Object(sent) };
    const response = await post(asked, { headers });
    const answer = await response.json();
    expect([response.status, answer.code]).toEqual([status, code]);
    if (says !== undefined) expect(answer.message ?? answer.detail).toContain(says);
    if (status !== 200) return;
    const { verdicts } = await (
      await post(
        { checks: [typeof sent === "string" ? { key: secret, api: "badges" } : asked] },
        { path: "/batch" },
      )
    ).json();
    expect(verdicts[0]).toEqual({ ...answer, requestId: expect.any(String) });
  });

  test("a denial by a limit has the state of the limits and when to retry", async () => {
    const limits = { rate: { limit: 1, windowSeconds: 60 }, quota: { limit: 5, period: "day" } };
    const { secret } = await makeKey(ctx, projectId, { limits });
    expect((await verdict(secret)).code).toBe("VALID");
    expect(await verdict(secret)).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: expect.any(Number),
      rateLimit: { limit: 1, windowSeconds: 60, remaining: 0, resetMs: expect.any(Number) },
      quota: { limit: 5, period: "day", remaining: 4, resetAt: expect.stringMatching(/T00:00:00.000Z$/) },
    });
    const { rateLimit } = await verdict(secret, { operation: "badges.sync", key: "junk" });
    expect(rateLimit).toBeUndefined();
  });

  test("the states of a key: expired, rotated, disabled, revoked", async () => {
    const expiresAt = new Date(clock.now() + DAY_MS).toISOString();
    const { key, secret } = await makeKey(ctx, projectId, { expiresAt });
    const ref = { projectId, keyId: key.id };
    const rotated = await rotateKey({ ctx, input: { ...ref, overlapSeconds: 60 } });
    expect(await verdict(secret)).toMatchObject({
      code: "VALID",
      rotation: { lapsesAt: expect.any(String) },
    });
    clock.advance(60_000);
    expect((await verdict(secret)).code).toBe("KEY_ROTATED");
    expect(await verdict(rotated.secret)).toMatchObject({ code: "VALID", rotation: null, expiresAt });
    clock.advance(DAY_MS);
    expect(await verdict(rotated.secret)).toMatchObject({ code: "KEY_EXPIRED", keyId: key.id, projectId });
    await updateKey({ ctx, input: { ...ref, enabled: false } });
    forgetAll();
    expect((await verdict(rotated.secret)).code).toBe("KEY_DISABLED");
    await revokeKey({ ctx, input: ref });
    forgetAll();
    expect((await verdict(rotated.secret)).code).toBe("KEY_REVOKED");
  });

  test("APIs: not enabled, not allowed by the key, operations not allowed", async () => {
    const any = await makeKey(ctx, projectId);
    expect((await verdict(any.secret, { api: "streams" })).code).toBe("API_NOT_ENABLED");
    await enableFor(db, projectId, "streams");
    forgetAll();
    const some = await makeKey(ctx, projectId, {
      restrictions: { apis: [{ api: "badges", operations: ["badges.sync"] }] },
    });
    expect((await verdict(some.secret, { api: "streams" })).code).toBe("API_NOT_ALLOWED");
    expect((await verdict(some.secret, { operation: "badges.list" })).code).toBe("OPERATION_NOT_ALLOWED");
    expect((await verdict(some.secret)).code).toBe("OPERATION_NOT_ALLOWED");
    expect((await verdict(some.secret, { operation: "badges.sync" })).code).toBe("VALID");
    await disableApi({ ctx, input: { projectId, slug: "badges" } });
    forgetAll();
    expect((await verdict(some.secret)).code).toBe("API_NOT_ENABLED");
  });

  test("a batch answers in order", async () => {
    const { secret } = await makeKey(ctx, projectId);
    const checks = [
      { key: secret, api: "badges" },
      { key: "junk", api: "badges" },
      { key: secret, api: "streams" },
    ];
    const { verdicts } = await (await post({ checks }, { path: "/batch" })).json();
    expect(verdicts.map(({ code }: { code: string }) => code)).toEqual([
      "VALID",
      "KEY_MALFORMED",
      "API_NOT_ENABLED",
    ]);
  });
});

describe("facts that are loaded during a check", () => {
  /** Delays the next look-up of the project, and runs `meanwhile` during it. */
  function whileTheProjectIsRead(meanwhile: () => Promise<void>): void {
    const { projects } = engine.factStore;
    const get = projects.get.bind(projects);
    vi.spyOn(projects, "get").mockImplementationOnce(async (id) => {
      await meanwhile();
      return get(id);
    });
  }

  test("a key that is revoked while its project is being read is denied, alone and in a batch", async () => {
    for (const path of ["", "/batch"]) {
      const { key, secret } = await makeKey(ctx, projectId);
      const check = { key: secret, api: "badges" };
      whileTheProjectIsRead(async () => {
        await revokeKey({ ctx, input: { projectId, keyId: key.id } });
        engine.factStore.forget([{ kind: "key", subject: key.id }]);
      });
      const body = await (await post(path ? { checks: [check] } : check, { path })).json();
      expect(path ? body.verdicts[0].code : body.code).toBe("KEY_REVOKED");
    }
  });

  test("a key that is revoked while its counters are being read is denied, alone and in a batch", async () => {
    for (const path of ["", "/batch"]) {
      const limits = { rate: { limit: 5, windowSeconds: 60 }, quota: null };
      const { key, secret } = await makeKey(ctx, projectId, { limits });
      const check = { key: secret, api: "badges" };
      const { limiter } = engine;
      const take = limiter.take.bind(limiter);
      vi.spyOn(limiter, "take").mockImplementationOnce(async (asked) => {
        const counted = await take(asked);
        await revokeKey({ ctx, input: { projectId, keyId: key.id } });
        engine.factStore.forget([{ kind: "key", subject: key.id }]);
        return counted;
      });
      const body = await (await post(path ? { checks: [check] } : check, { path })).json();
      expect(path ? body.verdicts[0].code : body.code).toBe("KEY_REVOKED");
    }
  });

  test("a batch with an invalid check is rejected once, even if a later part fails too", async () => {
    vi.spyOn(engine.factStore.apis, "get").mockImplementationOnce(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw new VerdictUnavailable("the database did not answer");
    });
    const checks = [{ key: "k", api: "badges" }, { key: "k" }];
    const response = await post({ checks }, { path: "/batch" });
    expect(response.status).toBe(400);
    expect((await response.json()).errors).toMatchObject([{ path: "checks.1.api" }]);
    expect((await post({ key: "k", api: "badges" })).status).toBe(200);
  });
});

test("metrics count checks by code and API", async () => {
  await verdict("junk");
  await verdict("junk");
  const headers = { Authorization: `Bearer ${METRICS_TOKEN}` };
  expect(await (await fetch(`${url}/metrics`, { headers })).text()).toContain(
    'latchkey_checks_total{code="KEY_MALFORMED",api="badges"} 2',
  );
});

test("metrics on the verification port need the token", async () => {
  for (const authorization of ["", "Bearer wrong", `Basic ${METRICS_TOKEN}`]) {
    const response = await fetch(`${url}/metrics`, { headers: { Authorization: authorization } });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(await response.text()).not.toContain("latchkey_");
  }
});
