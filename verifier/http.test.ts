import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { generateToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { disableApi } from "#domain/enablement/disable.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { updateKey } from "#domain/keys/update.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import vectors from "#test/vectors/tokens.json" with { type: "json" };
import { Engine } from "./engine.ts";
import { CannotVouch } from "./fills.ts";
import { createVerifierServer } from "./http.ts";
import { Journal } from "./journal.ts";
import { MemoryLimiter } from "./limits/memory.ts";
import { usedBefore } from "./limits/used-before.ts";
import { Metrics } from "./metrics.ts";

const DAY = 86_400_000;

let db: Db;
let ctx: Ctx;
let clock: Clock;
let monotonicMs: number;
let engine: Engine;
let server: Server;
let dir: string;
let url: string;
let projectId: string;
let badgesId: string;
let service: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  monotonicMs = 0;
  const admin = await makeAdmin(db);
  ctx = ctxOf(db, admin, { clock });
  projectId = await makeProject(db, admin);
  badgesId = await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await makeApi(db, "streams");
  await enableFor(db, projectId, "badges");
  service = (await makeServiceToken(db)).token;
  dir = await mkdtemp(join(tmpdir(), "latchkey-http-"));
  const settings = { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: 1_000 };
  const limiter = new MemoryLimiter({ usedBefore: usedBefore(db), clock: () => monotonicMs });
  engine = new Engine({
    db,
    settings,
    limiter,
    journal: new Journal(dir),
    now: clock.now,
    clock: () => monotonicMs,
  });
  await engine.start();
  server = createVerifierServer({ engine, metrics: new Metrics(engine), stopping: () => false });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await engine.stop();
  await rm(dir, { recursive: true, force: true });
});

function post(
  body: unknown,
  { path = "", token = service, type = "application/json" } = {},
): Promise<Response> {
  return fetch(`${url}/api/v1/keys/verify${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function verdict(key: string, more: Record<string, unknown> = {}) {
  const response = await post({ key, api: "badges", ...more });
  expect(response.status).toBe(200);
  return response.json();
}

/** As the feed would tell it, at once. */
const forgetAll = () => engine.knowledge.forgetAll();

describe("verdicts", () => {
  test("a valid key, with all that the contract promises", async () => {
    const { key, secret } = await makeKey(ctx, projectId, { metadata: { team: "pay" } });
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
      expiresAt: null,
      rotation: null,
      rateLimit: null,
      quota: null,
    });
  });

  test.each(vectors.malformed)("malformed by the vectors: %j", async (key) => {
    expect((await verdict(key)).code).toBe("KEY_MALFORMED");
  });

  test.each(vectors.wellFormed)("well-formed by the vectors, but nobody's: %s", async (key) => {
    expect((await verdict(key)).code).toBe("KEY_NOT_FOUND");
  });

  test("the life of a key: expired, rotated, disabled, revoked", async () => {
    const expiresAt = new Date(clock.now() + DAY).toISOString();
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
    clock.advance(DAY);
    expect(await verdict(rotated.secret)).toMatchObject({ code: "KEY_EXPIRED", keyId: key.id, projectId });
    await updateKey({ ctx, input: { ...ref, enabled: false } });
    forgetAll();
    expect((await verdict(rotated.secret)).code).toBe("KEY_DISABLED");
    await revokeKey({ ctx, input: ref });
    forgetAll();
    expect((await verdict(rotated.secret)).code).toBe("KEY_REVOKED");
  });

  test("APIs: not enabled, left out by the key, operations left out", async () => {
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

describe("facts that had to be waited for", () => {
  /** Has the next look-up of the project take long, and `meanwhile` happen. */
  function whileTheProjectIsRead(meanwhile: () => Promise<void>): void {
    const { projects } = engine.knowledge;
    const get = projects.get.bind(projects);
    vi.spyOn(projects, "get").mockImplementationOnce(async (id) => {
      await meanwhile();
      return get(id);
    });
  }

  test("a key that is revoked while its project is being read is refused, alone and in a batch", async () => {
    for (const path of ["", "/batch"]) {
      const { key, secret } = await makeKey(ctx, projectId);
      const check = { key: secret, api: "badges" };
      whileTheProjectIsRead(async () => {
        await revokeKey({ ctx, input: { projectId, keyId: key.id } });
        engine.knowledge.forget([{ kind: "key", subject: key.id }]);
      });
      const body = await (await post(path ? { checks: [check] } : check, { path })).json();
      expect(path ? body.verdicts[0].code : body.code).toBe("KEY_REVOKED");
    }
  });

  test("a batch with a fault does not fall over what fails later in it", async () => {
    vi.spyOn(engine.knowledge.apis, "get").mockImplementationOnce(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw new CannotVouch("the database did not answer");
    });
    const checks = [{ key: "k", api: "badges" }, { key: "k" }];
    const response = await post({ checks }, { path: "/batch" });
    expect(response.status).toBe(400);
    expect((await response.json()).errors).toMatchObject([{ path: "checks.1.api" }]);
    expect((await post({ key: "k", api: "badges" })).status).toBe(200);
  });
});

describe("what is not a verdict is a problem, and says how to ask", () => {
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

  test("400 with every fault at its place", async () => {
    const errors = [{ path: "cost" }, { path: "clientIP" }];
    await expectProblem(await post({ key: "k", cost: 1_001, clientIP: "x" }), 400, { errors });
    await expectProblem(await post({ key: "" }), 400, { errors: [{ path: "key" }] });
    await expectProblem(await post({ key: "k" }), 400, { errors: [{ path: "api" }] });
    await expectProblem(await post("{"), 400);
    await expectProblem(await post("[]"), 400);
    await expectProblem(await post({ key: "k", method: "GET" }), 400, { errors: [{ path: "path" }] });
    await expectProblem(await post({ key: "k", path: "/x" }), 400, { errors: [{ path: "method" }] });
    await expectProblem(await post({ key: "k", method: "GET", path: "x" }), 400, {
      errors: [{ path: "path" }],
    });
    await expectProblem(
      await post({ checks: [{ key: "k", api: "badges" }, { api: 1 }] }, { path: "/batch" }),
      400,
      {
        errors: [{ path: "checks.1.key" }, { path: "checks.1.api" }],
      },
    );
    await expectProblem(await post({ checks: [] }, { path: "/batch" }), 400);
    await expectProblem(await post({ checks: Array(101).fill({}) }, { path: "/batch" }), 400);
  });

  test("401 for whoever is no service of ours, a key or a revoked token included", async () => {
    const { secret } = await makeKey(ctx, projectId);
    for (const token of ["", "x", secret, generateToken("lk", "svc"), generateToken("lk", "mgt")]) {
      const response = await post({ key: secret, api: "badges" }, { token });
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await expectProblem(response, 401);
    }
    await db.write((tx) => tx.q.update(tx.t.serviceTokens).set({ revokedAt: 1 }));
    forgetAll();
    await expectProblem(await post({ key: secret, api: "badges" }), 401);
  });

  test("403 about another API than the token's own, 404 about one that isn't there", async () => {
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

  test("a new API is known as soon as the feed tells of it, also when its slug was asked for before", async () => {
    const { secret } = await makeKey(ctx, projectId);
    expect((await post({ key: secret, api: "offers" })).status).toBe(404);
    const id = await makeApi(db, "offers");
    engine.knowledge.forget([{ kind: "api", subject: id }]);
    expect((await post({ key: secret, api: "offers" })).status).toBe(200);
  });
});

describe("rather no verdict than a wrong one", () => {
  test("without the database it answers from what it knows for 60 seconds, then 503, and says why", async () => {
    const { secret } = await makeKey(ctx, projectId);
    await verdict(secret);
    await engine.stop();
    monotonicMs = engine.feed.confirmedAt + 60_000;
    expect((await verdict(secret)).code).toBe("VALID");
    monotonicMs += 1;
    const response = await post({ key: secret, api: "badges" });
    expect(response.status).toBe(503);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  test("an answer that can't be written down does not leave", async () => {
    const { secret } = await makeKey(ctx, projectId);
    await rm(dir, { recursive: true });
    expect((await post({ key: secret, api: "badges" })).status).toBe(503);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  test("a key whose row carries a rule that can't be read is not let through", async () => {
    const { key, secret } = await makeKey(ctx, projectId);
    const restrictions = { ...key.restrictions, ips: ["198.51.100.0/240"] };
    await db.write((tx) => tx.q.update(tx.t.keys).set({ restrictions }).where(eq(tx.t.keys.id, key.id)));
    expect((await post({ key: secret, api: "badges" })).status).toBe(503);
  });
});

describe("what a service says of the caller", () => {
  const restricted = async (
    restrictions: Partial<Restrictions>,
    trial: Partial<Restrictions> | null = null,
  ) => {
    const { key, secret } = await makeKey(ctx, projectId);
    const row = {
      restrictions: { ...NO_RESTRICTIONS, ...restrictions },
      trial: trial && { ...NO_RESTRICTIONS, ...trial },
      trialSince: trial && clock.now(),
    };
    await db.write((tx) => tx.q.update(tx.t.keys).set(row).where(eq(tx.t.keys.id, key.id)));
    return secret;
  };
  const ask = async (secret: string, fields: object) => {
    const { code, observed } = await (await post({ key: secret, api: "badges", ...fields })).json();
    return { code, observed };
  };

  test("a key is held to its addresses, sites and apps, and the answer tells what was seen", async () => {
    const secret = await restricted({ ips: ["198.51.100.0/24"], referrers: ["example.com"] });
    expect(await ask(secret, {})).toEqual({ code: "CLIENT_IP_UNKNOWN", observed: {} });
    expect(await ask(secret, { clientIp: "[2001:db8::1]:443" })).toEqual({
      code: "IP_NOT_ALLOWED",
      observed: { clientIp: "2001:db8::1" },
    });
    const clientIp = "198.51.100.7:51234";
    expect(await ask(secret, { clientIp, referrer: "https://evil.test/x?secret" })).toEqual({
      code: "REFERRER_NOT_ALLOWED",
      observed: { referrer: "https://evil.test/x" },
    });
    expect(await ask(secret, { clientIp, origin: "https://example.com" })).toEqual({ code: "VALID" });
    const app = await restricted({ apps: { android: [], ios: [{ bundleId: "com.example.app" }] } });
    expect(await ask(app, {})).toMatchObject({ code: "APP_NOT_ALLOWED" });
    expect(await ask(app, { iosBundleId: "com.Example.App" })).toEqual({ code: "VALID" });
  });

  test("an operation is found by method and path, and what isn't found is refused where operations are named", async () => {
    const { operations } = db.read.t;
    const place = { method: "GET", path: "/badges/{id}" };
    await db.write((tx) => tx.q.update(operations).set(place).where(eq(operations.name, "badges.list")));
    const secret = await restricted({ apis: [{ api: "badges", operations: ["badges.list"] }] });
    const found = await (
      await post({ key: secret, api: "badges", method: "GET", path: "/badges/17?x=1" })
    ).json();
    expect(found).toMatchObject({ code: "VALID", operation: "badges.list" });
    expect(await ask(secret, { method: "GET", path: "/badges/../admin?key=x" })).toEqual({
      code: "OPERATION_NOT_ALLOWED",
      observed: { api: "badges", method: "GET", path: "/badges/../admin" },
    });
  });

  test("a text is as long as the body holds: a long one gets a verdict, and a body that is longer 413", async () => {
    const secret = await restricted({ referrers: ["example.com"] });
    const most = 16 * 1024 - JSON.stringify({ key: secret, api: "badges", referrer: "" }).length;
    const referrer = "https://example.com/".padEnd(most, "a");
    expect(await ask(secret, { referrer })).toEqual({ code: "VALID" });
    const tooLong = await post({ key: secret, api: "badges", referrer: `${referrer}a` });
    expect(tooLong.status).toBe(413);
    const long = "a".repeat(8_000);
    for (const name of [
      "operation",
      "clientIp",
      "origin",
      "androidPackage",
      "androidCertSha1",
      "iosBundleId",
    ]) {
      expect(await ask(secret, { [name]: long }), name).toMatchObject({ code: "REFERRER_NOT_ALLOWED" });
    }
    const open = await restricted({ apis: [{ api: "badges", operations: ["badges.*"] }] });
    expect(await ask(open, { method: "GET", path: `/${long}` })).toMatchObject({
      code: "OPERATION_NOT_ALLOWED",
      observed: { method: "GET", path: expect.stringMatching(/^\/a+…$/) },
    });
  });

  test("a trial set refuses nothing", async () => {
    const secret = await restricted({}, { ips: ["198.51.100.7"] });
    expect(await ask(secret, { clientIp: "203.0.113.9" })).toEqual({ code: "VALID" });
  });

  test("what is written down of an answer has no secret in it, wherever the service put one", async () => {
    const secret = await restricted({ ips: ["198.51.100.7"] }, { referrers: ["example.com"] });
    const referrer = `https://example.com/${secret}?key=${secret}`;
    const fields = {
      referrer,
      origin: secret,
      androidPackage: secret,
      androidCertSha1: secret,
      iosBundleId: secret,
    };
    await enableFor(db, projectId, "streams");
    for (const api of ["badges", "streams"]) {
      for (const clientIp of [secret, "198.51.100.7", "203.0.113.9"]) {
        const asked = { key: secret, api, operation: secret, method: "GET", path: `/${secret}`, clientIp };
        expect((await post({ ...asked, ...fields })).status).toBe(200);
      }
    }
    engine.journal.flush();
    const written = readdirSync(dir)
      .map((name) => readFileSync(join(dir, name), "utf8"))
      .join("");
    expect(written.split("\n")).toHaveLength(7);
    expect(written).not.toContain(secret.slice(-36));
    expect(written).toContain("203.0.113.9");
  });
});

test("metrics count checks by code and API", async () => {
  await verdict("junk");
  await verdict("junk");
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(
    'latchkey_checks_total{code="KEY_MALFORMED",api="badges"} 2',
  );
});

test("the id of a request that failed finds why in the log", async () => {
  const { secret } = await makeKey(ctx, projectId);
  let printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  vi.spyOn(engine, "judge").mockImplementation(() => {
    throw new TypeError("nobody foresaw this");
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
    err: { type: "TypeError", message: "nobody foresaw this" },
  });
});
