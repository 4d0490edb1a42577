import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { clearProcessSingleton } from "#platform/process-singleton.ts";
import { CHECK_CASES } from "#test/check-cases.ts";
import { makeTestDatabase } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { countedChecks } from "#test/usage.ts";
import vectors from "#test/vectors/tokens.json" with { type: "json" };
import { runStops } from "./lifecycle.ts";
import { postOnly, verify } from "./verify.ts";

let db: Db;
let dataDir: string;
let deployment: Awaited<ReturnType<typeof makeDeployment>>;

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  deployment = await makeDeployment();
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-route-"));
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("LATCHKEY_DATA_DIR", dataDir);
  vi.stubEnv("AUTH_SECRET", "only-for-tests-only-for-tests-0123456789");
});
afterEach(async () => {
  await stopPortal();
  vi.unstubAllEnvs();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function makeDeployment() {
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const { token } = await makeServiceToken(db);
  return { ctx, projectId, token, ...(await makeKey(ctx, projectId)) };
}

/** As the portal's process does at its end. */
async function stopPortal(): Promise<void> {
  await runStops();
  for (const name of ["engine", "services"]) clearProcessSingleton(name);
}

interface PostOptions {
  batch?: boolean;
  token?: string;
  headers?: Record<string, string>;
}

function post(
  body: unknown,
  { batch = false, token = deployment.token, headers = {} }: PostOptions = {},
): Promise<Response> {
  const request = new Request("http://localhost/api/v1/keys/verify", {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return verify(request, batch);
}

const codeOf = async (key: string) => (await (await post({ key, api: "badges" })).json()).code;

test("the test vectors get the same codes at the portal", async () => {
  for (const key of vectors.malformed) {
    // White space around a key is dropped.
    expect(await codeOf(key)).toBe(key.trim() === key ? "KEY_MALFORMED" : "KEY_NOT_FOUND");
  }
  for (const key of vectors.wellFormed) expect(await codeOf(key)).toBe("KEY_NOT_FOUND");
});

test("every kind of request gets the same verdict as at a verifier", async () => {
  for (const { name, body, headers = {}, status = 200, code, says } of CHECK_CASES) {
    const sent = body(deployment.secret);
    const asked =
      typeof sent === "string" ? sent.replace("{", '{"api":"badges",') : { api: "badges", ...Object(sent) };
    const response = await post(asked, { headers });
    const answer = await response.json();
    expect([response.status, answer.code], name).toEqual([status, code]);
    if (says !== undefined) expect(answer.message ?? answer.detail, name).toContain(says);
  }
});

test("a repetition with the same Idempotency-Key gets the first verdict here too", async () => {
  const headers = { "Idempotency-Key": "once" };
  const ask = async (body: object) => post(body, { headers });
  const first = await ask({ key: deployment.secret, api: "badges" });
  const again = await ask({ key: deployment.secret, api: "badges" });
  expect(await again.json()).toEqual(await first.json());
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect((await ask({ key: "other", api: "badges" })).status).toBe(422);
});

test("a key is valid here until it is revoked, and not a second later; every request is counted", async () => {
  const response = await post({ key: deployment.secret, api: "badges" });
  expect(response.headers.get("cache-control")).toBe("no-store");
  const verdict = await response.json();
  expect(verdict).toMatchObject({ valid: true, keyId: deployment.key.id });
  expect(response.headers.get("x-request-id")).toBe(verdict.requestId);
  await revokeKey({
    ctx: deployment.ctx,
    input: { projectId: deployment.projectId, keyId: deployment.key.id },
  });
  let answered = 1;
  const ask = () => {
    answered++;
    return codeOf(deployment.secret);
  };
  await expect.poll(ask, { timeout: 1_000, interval: 10 }).toBe("KEY_REVOKED");
  await stopPortal();
  expect(await countedChecks(db, { keyId: [deployment.key.id] })).toBe(answered);
});

test("the portal's verifier is listed while it runs", async () => {
  await codeOf(deployment.secret);
  const { verifiers } = db.read.t;
  const listed = () => db.read.q.select({ address: verifiers.address }).from(verifiers);
  await expect.poll(listed).toEqual([{ address: "http://localhost:3000" }]);
  await stopPortal();
  expect(await listed()).toEqual([]);
});

test("errors other than verdicts are problem documents here too", async () => {
  expect((await post({ key: deployment.secret, api: "badges" }, { token: "x" })).status).toBe(401);
  expect((await post({ key: "k".repeat(20_000) })).status).toBe(413);
  expect((await post({ checks: [] }, { batch: true })).status).toBe(400);
  const rejected = postOnly();
  expect([rejected.status, rejected.headers.get("allow")]).toEqual([405, "POST"]);
});
