import { rm } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { generateToken, hashToken } from "#core/tokens.ts";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { rotateServiceToken } from "#domain/access/service-tokens/rotate.ts";
import { makeApi, makeKey, makeServiceToken } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

let verifier: TestVerifier;
let db: TestVerifier["db"];
let ctx: TestVerifier["ctx"];
let monotonic: TestVerifier["monotonic"];
let engine: TestVerifier["engine"];
let dir: TestVerifier["dir"];
let url: TestVerifier["url"];
let projectId: TestVerifier["projectId"];
let badgesId: TestVerifier["badgesId"];
let post: TestVerifier["post"];
let verdict: TestVerifier["verdict"];
let forgetAll: TestVerifier["clearCache"];

beforeEach(async () => {
  verifier = await startTestVerifier();
  ({
    db,
    ctx,
    monotonic,
    engine,
    dir,
    url,
    projectId,
    badgesId,
    post,
    verdict,
    clearCache: forgetAll,
  } = verifier);
});
afterEach(() => verifier.stop());

describe("a response without a verdict is a problem that says how to correct the request", () => {
  async function expectProblem(response: Response, status: number, more: object = {}) {
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("x-request-id")).toBeTruthy();
    expect(await response.json()).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      requestId: expect.any(String),
      ...more,
    });
  }

  test("400 with the position of every error", async () => {
    const errors = [{ path: "cost" }, { path: "clientIP" }];
    await expectProblem(await post({ key: "k", cost: 1_001, clientIP: "x" }), 400, { errors });
    await expectProblem(await post({ key: 7 }), 400, { errors: [{ path: "key" }] });
    await expectProblem(await post({ key: "k" }), 400, { errors: [{ path: "api" }] });
    await expectProblem(await post("{"), 400);
    await expectProblem(await post("[]"), 400);
    await expectProblem(await post({ key: "k", method: "GET" }), 400, { errors: [{ path: "path" }] });
    await expectProblem(await post({ key: "k", path: "/x" }), 400, { errors: [{ path: "method" }] });
    await expectProblem(await post({ key: "k", method: "GET", path: 1 }), 400, {
      errors: [{ path: "path" }],
    });
    await expectProblem(
      await post({ checks: [{ key: "k", api: "badges" }, { api: 1 }] }, { path: "/batch" }),
      400,
      {
        errors: [{ path: "checks.1.api" }],
      },
    );
    await expectProblem(await post({ checks: [] }, { path: "/batch" }), 400);
    await expectProblem(await post({ checks: Array(101).fill({}) }, { path: "/batch" }), 400);
  });

  test("401 without a valid service token, also with a key or a revoked token", async () => {
    const { secret } = await makeKey(ctx, projectId);
    for (const token of ["", "x", secret, generateToken("lk", "svc"), generateToken("lk", "mgt")]) {
      const response = await post({ key: secret, api: "badges" }, { token });
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await expectProblem(response, 401);
    }
    // Used before, so its hash is remembered.
    expect((await post({ key: secret, api: "badges" })).status).toBe(200);
    await db.write((tx) => tx.q.update(tx.t.serviceTokens).set({ revokedAt: 1 }));
    forgetAll();
    await expectProblem(await post({ key: secret, api: "badges" }), 401);
  });

  test("401 from the end of a service token on, to the millisecond, and from the end of its overlap", async () => {
    const check = async (token: string) => (await post({ key: "k", api: "badges" }, { token })).status;
    const { clock } = verifier;
    const admin = { ...ctx, now: clock.now };
    const expiresAt = clock.now() + HOUR_MS;
    const created = await createServiceToken({
      ctx: admin,
      input: { name: "edge", api: "badges", trustedProxies: [], expiresAt },
    });
    const serviceTokenId = created.serviceToken.id;
    expect(await check(created.token)).toBe(200);
    const input = { serviceTokenId, overlapSeconds: 60, expiresAt };
    const rotated = await rotateServiceToken({ ctx: admin, input });
    // The feed reports the rotation; without it, the verifier would not know the end of the old secret.
    await expect
      .poll(() => engine.factStore.serviceTokens.get(hashToken(created.token)))
      .toMatchObject({ endsAt: clock.now() + 60_000 });
    clock.advance(59_999);
    expect([await check(created.token), await check(rotated.token)]).toEqual([200, 200]);
    clock.advance(1);
    expect([await check(created.token), await check(rotated.token)]).toEqual([401, 200]);
    clock.set(expiresAt - 1);
    expect(await check(rotated.token)).toBe(200);
    clock.advance(1);
    expect(await check(rotated.token)).toBe(401);
    expect(engine.serviceTokens.takeUses()).toEqual([[serviceTokenId, expiresAt - 1]]);
  });

  test("403 for another API than the token's, 404 for an API that does not exist", async () => {
    const bound = (await makeServiceToken(db, badgesId)).token;
    await expectProblem(await post({ key: "k", api: "streams" }, { token: bound }), 403);
    await expectProblem(await post({ key: "k", api: "nope" }, { token: bound }), 403);
    await expectProblem(await post({ key: "k", api: "nope" }), 404);
    await expectProblem(await post({ key: "k", api: "a\0" }), 404);
    expect((await post({ key: "k" }, { token: bound })).status).toBe(200);
  });

  test("404, 405, 413 and 415", async () => {
    await expectProblem(await fetch(`${url}/api/v1/keys`), 404);
    const got = await fetch(`${url}/api/v1/keys/verify`);
    expect(got.headers.get("allow")).toBe("POST");
    await expectProblem(got, 405);
    await expectProblem(await post({ key: "k".repeat(20_000) }), 413);
    await expectProblem(await post("{}", { type: "text/plain" }), 415);
  });

  test("a new API is known as soon as the feed reports it, even if its slug was requested before", async () => {
    const { secret } = await makeKey(ctx, projectId);
    expect((await post({ key: secret, api: "offers" })).status).toBe(404);
    const id = await makeApi(db, "offers");
    engine.factStore.forget([{ kind: "api", subject: id }]);
    expect((await post({ key: secret, api: "offers" })).status).toBe(200);
  });
});

describe("no verdict is better than a wrong one", () => {
  test("without the database, cached verdicts are served for 60 seconds, then 503 with the reason", async () => {
    const { secret } = await makeKey(ctx, projectId);
    await verdict(secret);
    await engine.stop();
    monotonic.ms = engine.feed.confirmedAt + 60_000;
    expect((await verdict(secret)).code).toBe("VALID");
    monotonic.ms += 1;
    const response = await post({ key: secret, api: "badges" });
    expect(response.status).toBe(503);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  test("a response that can't be written to the journal is not sent", async () => {
    const { secret } = await makeKey(ctx, projectId);
    await rm(dir, { recursive: true });
    expect((await post({ key: secret, api: "badges" })).status).toBe(503);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  test("a key with restrictions that can't be read is not allowed", async () => {
    const { key, secret } = await makeKey(ctx, projectId);
    const restrictions = { ...key.restrictions, ips: ["198.51.100.0/240"] };
    await db.write((tx) => tx.q.update(tx.t.keys).set({ restrictions }).where(eq(tx.t.keys.id, key.id)));
    expect((await post({ key: secret, api: "badges" })).status).toBe(503);
  });
});

test("the request id of a failure is in the log with the reason", async () => {
  const { secret } = await makeKey(ctx, projectId);
  let printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  vi.spyOn(engine, "evaluate").mockImplementation(() => {
    throw new TypeError("an unexpected error");
  });
  const response = await post({ key: secret, api: "badges" });
  vi.restoreAllMocks();
  expect(response.status).toBe(500);
  const { requestId } = await response.json();
  expect(response.headers.get("x-request-id")).toBe(requestId);
  const line = printed.split("\n").find((each) => each.includes(requestId)) ?? "{}";
  expect(JSON.parse(line)).toMatchObject({
    level: "error",
    name: "verifier",
    requestId,
    status: 500,
    err: { type: "TypeError", message: "an unexpected error" },
  });
});
