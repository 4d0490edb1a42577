import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { clearProcessSingleton } from "#platform/process-singleton.ts";
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
import {
  authorizationServer,
  exchangeToken,
  introspectToken,
  publishedKeys,
  readRevocations,
} from "./access-tokens.ts";
import { runStops } from "./lifecycle.ts";

const PORTAL = "https://portal.example";

let db: Db;
let dataDir: string;
let secret: string;
let serviceToken: string;
let limited: string;

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  serviceToken = (await makeServiceToken(db)).token;
  secret = (await makeKey(ctx, projectId)).secret;
  limited = (await makeKey(ctx, projectId, { restrictions: { ips: ["203.0.113.7"] } })).secret;
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-oauth-"));
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("LATCHKEY_DATA_DIR", dataDir);
  vi.stubEnv("LATCHKEY_URL", PORTAL);
  vi.stubEnv("AUTH_SECRET", "only-for-tests-only-for-tests-0123456789");
});
afterEach(async () => {
  await runStops();
  for (const name of ["access tokens", "engine", "services"]) clearProcessSingleton(name);
  vi.unstubAllEnvs();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

function form(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(`${PORTAL}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

const exchange = (key: string, headers: Record<string, string> = {}) =>
  exchangeToken(
    form(
      "/oauth/token",
      {
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token: key,
        subject_token_type: "urn:latchkey:token-type:api-key",
        audience: "badges",
      },
      headers,
    ),
  );

test("the portal issues tokens as a verifier does, with keys that its metadata leads to", async () => {
  const { access_token: token } = await (await exchange(secret)).json();
  const metadata = await (await authorizationServer()).json();
  expect(metadata).toMatchObject({ issuer: PORTAL, jwks_uri: `${PORTAL}/.well-known/jwks.json` });
  const keys = createLocalJWKSet(await (await publishedKeys()).json());
  const { payload } = await jwtVerify(token, keys, { issuer: PORTAL, audience: "badges" });
  expect(payload.sub).toMatch(/^key_/);
  const headers = { Authorization: `Bearer ${serviceToken}` };
  const introspected = await introspectToken(form("/oauth/introspect", { token }, headers));
  expect(await introspected.json()).toMatchObject({ active: true, sub: payload.sub });
  const listed = await readRevocations(new Request(`${PORTAL}/api/v1/revocations`, { headers }));
  expect(await listed.json()).toMatchObject({ complete: true, entries: [] });
});

test("the key's address list holds for the client, as the portal's server determined it", async () => {
  expect((await exchange(limited)).status).toBe(400);
  expect((await exchange(limited, { "X-Forwarded-For": "203.0.113.7" })).status).toBe(400);
  expect((await exchange(limited, { [CLIENT_IP_HEADER]: "203.0.113.7" })).status).toBe(200);
});
