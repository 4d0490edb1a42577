import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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
import { metricValues } from "#test/prometheus.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";

let db: Db;
let dataDir: string;
let secret: string;
let service: string;
let verifier: VerifierProcess;

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-metrics-"));
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  ({ secret } = await makeKey(ctxOf(db, admin), projectId));
  service = (await makeServiceToken(db)).token;
  verifier = await startVerifier({ DATABASE_URL: url, LATCHKEY_DATA_DIR: dataDir });
});
afterEach(async () => {
  await verifier.stop();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

function post(path: string, body: unknown, type = "application/json"): Promise<Response> {
  return fetch(`${verifier.url}/api/v1/keys/verify${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${service}`, "Content-Type": type },
    body: JSON.stringify(body),
  });
}

const metricsText = async () => (await fetch(verifier.metricsUrl)).text();
const metrics = async () => metricValues(await metricsText());

test("metrics are served on a loopback port only, and that port answers no checks", async () => {
  expect((await fetch(`${verifier.url}/metrics`)).status).toBe(404);
  expect((await fetch(verifier.metricsUrl)).headers.get("x-content-type-options")).toBe("nosniff");
  const check = await fetch(verifier.metricsUrl.replace("metrics", "api/v1/keys/verify"), { method: "POST" });
  expect(check.status).toBe(404);
});

test("checks change each metric by the expected amount", async () => {
  const before = await metrics();
  await post("", { key: secret, api: "badges" });
  await post("", { key: secret, api: "badges" });
  await post("", { key: "junk", api: "badges" });
  await post("/batch", {
    checks: [
      { key: secret, api: "badges" },
      { key: "junk", api: "badges" },
    ],
  });
  await post("", {}, "text/plain");
  const after = await metrics();
  const moved = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);

  expect(moved('latchkey_checks_total{code="VALID",api="badges"}')).toBe(3);
  expect(moved('latchkey_checks_total{code="KEY_MALFORMED",api="badges"}')).toBe(2);
  expect(moved('latchkey_requests_failed_total{status="415"}')).toBe(1);
  expect(moved('latchkey_request_duration_seconds_count{kind="single"}')).toBe(4);
  expect(moved('latchkey_request_duration_seconds_count{kind="batch"}')).toBe(1);
  expect(moved('latchkey_request_duration_seconds_sum{kind="single"}')).toBeGreaterThan(0);
  // The secret, its project, the API and the service token are each read once, then found in memory.
  for (const cache of ["keys", "projects", "apis", "service_tokens"]) {
    expect(moved(`latchkey_cache_fills_total{cache="${cache}"}`), cache).toBe(1);
    expect(moved(`latchkey_cache_misses_total{cache="${cache}"}`), cache).toBe(1);
    expect(moved(`latchkey_cache_hits_total{cache="${cache}"}`), cache).toBeGreaterThan(0);
    expect(moved(`latchkey_cache_entries{cache="${cache}"}`), cache).toBe(1);
  }
  expect(moved("latchkey_journal_lines_total")).toBe(5);
  expect(moved("latchkey_journal_bytes_total")).toBeGreaterThan(300);
  expect(after.get("latchkey_feed_position")).toBeGreaterThan(0);
  expect(after.get("latchkey_feed_lag_seconds")).toBeLessThan(30);
  expect(after.get("latchkey_ready")).toBe(1);
});

test("once all responses are counted, no journal bytes are waiting", async () => {
  await post("", { key: secret, api: "badges" });
  await expect
    .poll(async () => (await metrics()).get("latchkey_journal_uncounted_bytes"), { timeout: 20_000 })
    .toBe(0);
  expect((await metrics()).get("latchkey_journal_bytes_total")).toBeGreaterThan(50);
});

test("each bucket counts the requests within its bound", async () => {
  for (let i = 0; i < 20; i++) await post("", { key: secret, api: "badges" });
  const all = await metrics();
  const buckets = [...all].filter(([name]) => /duration_seconds_bucket\{kind="single"/.test(name));
  const bounds = buckets.map(([name]) => Number(/le="(.*?)"/.exec(name)?.[1]?.replace("+Inf", "Infinity")));
  const counts = buckets.map(([, count]) => count);
  expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(20);
});

test("the process reports its memory, CPU, garbage collection and event loop delay", async () => {
  const all = await metrics();
  for (const name of [
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
    "nodejs_eventloop_lag_p99_seconds",
    "nodejs_heap_size_used_bytes",
  ]) {
    expect(all.get(name), name).toBeGreaterThan(0);
  }
  // Garbage may not have been collected yet.
  expect(await metricsText()).toContain("# TYPE nodejs_gc_duration_seconds histogram");
});
