import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import type { KeyWithSecret } from "#domain/keys/schema.ts";
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
import { type Receiver, startReceiver } from "#test/receiver.ts";
import { secretsFoundIn } from "#test/secrets.ts";
import { spansAt } from "#test/spans.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";

const LOGGED_MODULES = { NODE_OPTIONS: "--import ./test/log-otel-modules.ts" };
const OURS = /loaded .*@opentelemetry\/(?!api\/)/;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER = "00f067aa0ba902b7";

let db: Db;
let env: Record<string, string>;
let created: KeyWithSecret;
let service: string;
let collector: Receiver;
let verifier: VerifierProcess;

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  collector = await startReceiver();
  env = { DATABASE_URL: url, LATCHKEY_DATA_DIR: await mkdtemp(join(tmpdir(), "latchkey-tracing-")) };
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  created = await makeKey(ctxOf(db, admin), projectId);
  service = (await makeServiceToken(db)).token;
});
afterEach(async () => {
  await verifier.stop();
  await collector.stop();
  await db.close();
  await rm(env.LATCHKEY_DATA_DIR ?? "", { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<void> {
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${collector.port}`;
  verifier = await startVerifier({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT, ...more });
}

function post(body: unknown, headers: Record<string, string> = {}, path = ""): Promise<Response> {
  return fetch(`${verifier.url}/api/v1/keys/verify${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${service}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

test("a check is a span of its caller's trace, with its attributes and without secrets", async () => {
  await start({ ...LOGGED_MODULES, OTEL_EXPORTER_OTLP_HEADERS: "api-key=for-the-collector" });
  const traceparent = `00-${TRACE}-${CALLER}-01`;
  const headers = { traceparent, tracestate: `vendor=${created.secret}`, cookie: created.secret };
  const answer = await post({ key: created.secret, api: "badges", referrer: created.secret }, headers);
  await verifier.stop();
  const spans = spansAt(collector);
  expect(spans).toEqual([
    {
      service: "latchkey-verifier",
      name: "POST /api/v1/keys/verify",
      kind: 2,
      traceId: TRACE,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      parentSpanId: CALLER,
      failed: false,
      durationMs: expect.any(Number),
      facts: {
        "http.request.method": "POST",
        "http.route": "/api/v1/keys/verify",
        "http.response.status_code": 200,
        "latchkey.request_id": answer.headers.get("x-request-id"),
        "latchkey.code": "VALID",
        "latchkey.api": "badges",
        "latchkey.key_id": created.key.id,
      },
    },
  ]);
  expect(spans[0]?.durationMs).toBeGreaterThan(0);
  expect(spans[0]?.durationMs).toBeLessThan(30_000);
  const [sent] = collector.received;
  expect(sent).toMatchObject({ path: "/v1/traces", headers: { "api-key": "for-the-collector" } });
  expect(secretsFoundIn(JSON.stringify(sent), { key: created.secret, service })).toEqual([]);
  expect(verifier.output()).toMatch(OURS);
});

test("a batch has a span for each check, a rejected request has one too, and each starts a trace if the caller has none", async () => {
  await start();
  const checks = [
    { key: created.secret, api: "badges" },
    { key: "junk", api: "badges" },
  ];
  await post({ checks }, {}, "/batch");
  await post({ key: created.secret, api: "badges" }, { Authorization: "Bearer none" });
  await verifier.stop();
  const spans = spansAt(collector);
  const batch = spans.find(({ name }) => name.endsWith("/batch"));
  const within = spans.filter(({ name }) => name === "check");
  expect(batch?.parentSpanId).toBeUndefined();
  expect(within.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(
    Array(2).fill([batch?.traceId, batch?.spanId]),
  );
  expect(within.map(({ facts }) => facts["latchkey.code"])).toEqual(["VALID", "KEY_MALFORMED"]);
  const rejected = spans.find(({ facts }) => facts["http.response.status_code"] === 401);
  expect(rejected).toMatchObject({ name: "POST /api/v1/keys/verify", failed: false });
  expect(rejected?.traceId).not.toBe(batch?.traceId);
});

test("with a sampling ratio of 0, only requests of traced callers are traced", async () => {
  await start({ OTEL_TRACES_SAMPLER_ARG: "0" });
  for (const flags of ["01", "00"]) {
    await post({ key: created.secret, api: "badges" }, { traceparent: `00-${TRACE}-${CALLER}-${flags}` });
  }
  await post({ key: created.secret, api: "badges" });
  await verifier.stop();
  expect(spansAt(collector).map(({ traceId }) => traceId)).toEqual([TRACE]);
});

test("an unreachable collector is logged, and delays neither responses nor the shutdown", async () => {
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" });
  const ask = async () => (await post({ key: created.secret, api: "badges" })).status;
  expect(await ask()).toBe(200);
  // The exporter tries for up to ten seconds.
  await expect.poll(() => verifier.output(), { timeout: 30_000 }).toContain("traces can't be sent");
  expect(await ask()).toBe(200);
  await verifier.stop();
  expect(verifier.output()).toContain("the verifier has stopped");
  expect(verifier.output()).not.toContain("fatal");
});

test("without an endpoint, only prom-client's empty OpenTelemetry API is loaded", async () => {
  await start({ ...LOGGED_MODULES, OTEL_EXPORTER_OTLP_ENDPOINT: "" });
  expect((await post({ key: created.secret, api: "badges" })).status).toBe(200);
  await verifier.stop();
  expect(verifier.output()).toContain("the verifier is listening");
  expect(verifier.output()).not.toMatch(OURS);
  expect(collector.received).toEqual([]);
});
