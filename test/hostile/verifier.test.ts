import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
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
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";
import { countedChecks } from "../usage.ts";
import { brokenRequest } from "./framing.ts";
import { checkRequest, gateRequest, type Real } from "./requests.ts";
import { fuzzParameters, MAX_RESPONSE_MS, RUNS, testTimeoutMs } from "./settings.ts";
import { type Received, sendBytes, written } from "./wire.ts";

/** Caches may fill up to their bounds; a leak exceeds them. */
const MAX_GROWTH_KB = 300 * 1_024;

/** Templates that a path can nearly match in many ways. */
const TEMPLATES = ["/{year}-{month}-{day}-{hour}.json", "/{a}{b}{c}{d}!", "/{x}/{x}.{y}.{z}.tar", "/{id}"];

let db: Db;
let verifier: VerifierProcess;
let dataDir: string;
let real: Real;
let service: string;
/** A key that only this test checks. */
let steady: { keyId: string; secret: string };
let sentSteady = 0;

beforeAll(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url, { poolSize: 2 });
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-hostile-"));
  const admin = await makeAdmin(db);
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const projectId = await makeProject(db, admin);
  const badgesId = await makeApi(db, "badges", { operations: ["badges.list", "badges.sync"] });
  await makeApi(db, "open");
  await makeApi(db, "reports", {
    operations: TEMPLATES.map((path) => ({ name: path, method: "GET", path })),
  });
  for (const slug of ["badges", "open", "reports"]) await enableFor(db, projectId, slug);
  const restrictions = { ips: ["198.51.100.0/24"], referrers: ["*.example.com"], apis: [{ api: "badges" }] };
  const keys = [
    await makeKey(ctx, projectId),
    await makeKey(ctx, projectId, { restrictions }),
    await makeKey(ctx, projectId, { limits: { rate: { limit: 5, windowSeconds: 60 } } }),
  ];
  service = (await makeServiceToken(db)).token;
  const serviceTokens = [service, (await makeServiceToken(db, badgesId)).token];
  real = { secrets: keys.map(({ secret }) => secret), serviceTokens, apis: ["badges", "open", "reports"] };
  const created = await makeKey(ctx, projectId);
  steady = { keyId: created.key.id, secret: created.secret };
  verifier = await startVerifier({ DATABASE_URL: url, LATCHKEY_DATA_DIR: dataDir, LOG_LEVEL: "warn" });
  // Memory that the first requests allocate is not growth; limit counters are backfilled from usage.
  for (let i = 0; i < 200; i++) await askSteady();
  for (const key of real.secrets) await ask({ key, api: "open", cost: 0 });
}, 60_000);
afterAll(async () => {
  await verifier.stop("SIGKILL");
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(input: object): Promise<string> {
  const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
    method: "POST",
    headers: { Authorization: `Bearer ${service}`, "Content-Type": "application/json" },
    body: JSON.stringify(input),
  });
  return (await response.json()).code;
}

function askSteady(): Promise<string> {
  sentSteady++;
  return ask({ key: steady.secret, api: "open" });
}

const residentKb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${verifier.child.pid}/status`, "utf8"))?.[1]);

/** Why this is not a prompt verdict or problem response, or null. `orNone`: a closed connection is fine too. */
function problemIn({ status, text, tookMs, hung }: Received, orNone: boolean): string | null {
  if (hung) return "the connection was left open";
  if (tookMs > MAX_RESPONSE_MS) return `it took ${tookMs} ms`;
  const isAnswer = status === 200 || (status !== null && status >= 400 && status < 500);
  // A client that sends more than it declared is disconnected, even after "100 Continue".
  const hasNone = status === null && /^(HTTP\/1\.1 100 [^\r]*\r\n\r\n)*$/.test(text);
  if (!isAnswer && !(orNone && hasNone)) return "neither a verdict nor a problem";
  if (text.includes("HTTP/1.1 5")) return "a server error";
  return /\n\s+at |node:internal|\.ts:\d/.test(text) ? "it reveals internals" : null;
}

/** Sends all of them, and checks that the process still runs, has not grown, and answers correctly. */
async function expectRobust(requests: fc.Arbitrary<Buffer>, { orNone = false } = {}): Promise<void> {
  const before = residentKb();
  await fc.assert(
    fc.asyncProperty(requests, async (bytes) => {
      const received = await sendBytes(verifier.url, bytes, {
        timeoutMs: 3 * MAX_RESPONSE_MS,
        thenEnd: orNone,
      });
      const problem = problemIn(received, orNone);
      if (problem !== null)
        throw new Error([problem, bytes.toString("latin1"), received.text].join("\n---\n"));
    }),
    fuzzParameters(),
  );
  expect(await askSteady()).toBe("VALID");
  expect(residentKb() - before).toBeLessThan(MAX_GROWTH_KB);
}

test("every verification request gets a verdict or an error", { timeout: testTimeoutMs(RUNS) }, () =>
  expectRobust(checkRequest(real)),
);

test("every request from a gateway gets a verdict or an error", { timeout: testTimeoutMs(RUNS) }, () =>
  expectRobust(gateRequest(real)),
);

test.each(["-", "a", ".", "/."])(
  "a client without a key can't cause extra work in the gateway endpoint with a path of %j",
  async (unit) => {
    const bytes = written("GET", "/api/v1/gate/nginx/reports", [
      ["Host", "verifier"],
      ["Connection", "close"],
      ["X-Latchkey-Token", service],
      ["X-Original-Method", "GET"],
      ["X-Original-Uri", `/a${unit.repeat(2_000 / unit.length)}`],
    ]);
    const received = await sendBytes(verifier.url, bytes, { timeoutMs: 3 * MAX_RESPONSE_MS });
    expect(received.status).toBe(401);
    expect(received.tookMs).toBeLessThan(MAX_RESPONSE_MS);
  },
);

test("input that is not HTTP gets an error or a closed connection", { timeout: testTimeoutMs(RUNS) }, () =>
  expectRobust(brokenRequest(fc.oneof(checkRequest(real), gateRequest(real))), { orNone: true }),
);

test("after all hostile requests, every verdict is counted and nothing is in the log", {
  timeout: 60_000,
}, async () => {
  const counted = () => countedChecks(db, { keyId: [steady.keyId] });
  await expect.poll(counted, { timeout: 20_000, interval: 100 }).toBe(sentSteady);
  expect(verifier.output()).toBe("");
});
