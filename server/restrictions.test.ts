import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { clearProcessSingleton } from "#platform/process-singleton.ts";
import { SCOPES } from "#test/arbitraries.ts";
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
import { codeOf, fieldsOf, type RestrictionCase, restrictionCases } from "#test/restriction-cases.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";
import { runStops } from "./lifecycle.ts";
import { verify } from "./verify.ts";

const CASES = restrictionCases();
const secrets = new Map<RestrictionCase, string>();
let db: Db;
let token: string;
let dataDir: string;
let verifier: VerifierProcess;

beforeAll(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  const admin = await makeAdmin(db);
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const projectId = await makeProject(db, admin);
  for (const slug of ["badges", "offers"]) {
    await makeApi(db, slug, { operations: ["badges.sync", "badges.list", "offers.list"], scopes: SCOPES });
    await enableFor(db, projectId, slug);
  }
  token = (await makeServiceToken(db)).token;
  for (const one of CASES) {
    secrets.set(one, (await makeKey(ctx, projectId, { restrictions: one.restrictions })).secret);
  }
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-cases-"));
  const env = { DATABASE_URL: url, LATCHKEY_DATA_DIR: dataDir };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv("AUTH_SECRET", "only-for-tests-only-for-tests-0123456789");
  verifier = await startVerifier(env);
});
afterAll(async () => {
  await verifier.stop();
  await runStops();
  for (const name of ["engine", "services"]) clearProcessSingleton(name);
  vi.unstubAllEnvs();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

const requestFor = (one: RestrictionCase) => ({
  method: "POST",
  headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
  body: JSON.stringify({ key: secrets.get(one), ...fieldsOf(one) }),
});

test("the cases cover every outcome", () => {
  expect(new Set(CASES.map(({ code }) => code))).toEqual(
    new Set([
      "VALID",
      "API_NOT_ALLOWED",
      "OPERATION_NOT_ALLOWED",
      "SCOPE_NOT_GRANTED",
      "CLIENT_IP_UNKNOWN",
      "IP_NOT_ALLOWED",
      "REFERRER_NOT_ALLOWED",
      "APP_NOT_ALLOWED",
    ]),
  );
});

test.each(CASES)("decide(), the portal's route and the verifier agree: $name", async (one) => {
  expect(codeOf(one)).toBe(one.code);
  const route = await verify(new Request("http://localhost/api/v1/keys/verify", requestFor(one)), false);
  const spawned = await fetch(`${verifier.url}/api/v1/keys/verify`, requestFor(one));
  const [{ requestId: _, ...byRoute }, { requestId: __, ...byVerifier }] = [
    await route.json(),
    await spawned.json(),
  ];
  expect(byRoute).toMatchObject({ code: one.code });
  expect(byVerifier).toEqual(byRoute);
});
