import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { Engine } from "#engine/engine.ts";
import { Journal } from "#engine/journal/journal.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { openStalledConnections, openUnreadConnection, unanswered } from "#test/stalled-connections.ts";
import { Metrics } from "../metrics/metrics.ts";
import { verifierServers } from "./servers.ts";

/** As an operator's verifier, with timeouts a twelfth as long. */
const PATIENCE = {
  headersTimeout: 400,
  requestTimeout: 800,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 100,
  stalled: { windowMs: 800, minBytesPerSecond: 1_024 },
};
const CUT_OFF_TIMEOUT_MS = 10_000;
/** A check beside all this; usually it takes one. */
const RESPONSE_TIMEOUT_MS = 1_000;
/** The same, while thousands of connections are opened in this very process. */
const FLOODED_TIMEOUT_MS = 5_000;

let engine: Engine;
let server: Server;
let dir: string;
let port: number;
let headers: Record<string, string>;
let body: string;
const sockets: Socket[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeEach(async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const { token } = await makeServiceToken(db);
  const { secret } = await makeKey(ctxOf(db, admin), projectId);
  headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  body = JSON.stringify({ key: secret, api: "badges" });
  dir = await mkdtemp(join(tmpdir(), "latchkey-slow-"));
  const settings = { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: 100, cacheBytes: 64 * 1_048_576 };
  const limiter = new MemoryLimiter({ backfill: usageBackfill(db) });
  engine = new Engine({ db, settings, limiter, journal: new Journal(dir) });
  await engine.start();
  const publicUrl = "https://verify.example.com";
  server = verifierServers(
    { engine, metrics: new Metrics(engine), stopping: () => false, publicUrl },
    PATIENCE,
  ).checks();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 4_096, resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  agent.destroy();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await engine.stop();
  await rm(dir, { recursive: true, force: true });
});

/** A connection that has sent `first`. What the server sends is kept in `said`; `closed` when it has hung up. */
async function open(first = "") {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  const seen = { socket, said: "", closed: false };
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    seen.said += chunk;
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    seen.closed = true;
  });
  await once(socket, "connect");
  if (first) socket.write(first);
  return seen;
}

const openMany = (count: number, first?: string) =>
  Promise.all(Array.from({ length: count }, () => open(first)));

/** A check on the one connection of somebody who behaves: its status, and how long it took. */
async function check(): Promise<{ status: number | undefined; tookMs: number }> {
  const startedAt = performance.now();
  const asking = request({ port, agent, method: "POST", path: "/api/v1/keys/verify", headers });
  asking.end(body);
  const [response] = await once(asking, "response");
  response.resume();
  await once(response, "end");
  return { status: response.statusCode, tookMs: performance.now() - startedAt };
}

async function expectResponses(count: number, withinMs = RESPONSE_TIMEOUT_MS): Promise<void> {
  for (let n = 0; n < count; n++) {
    const { status, tookMs } = await check();
    expect(status).toBe(200);
    expect(tookMs).toBeLessThan(withinMs);
  }
}

const START = "POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\n";
/** With a service token; without one, the response comes right after the headers. */
const asService = () =>
  `${START}Authorization: ${headers.Authorization}\r\nContent-Type: application/json\r\n`;

test("who sends headers or a body drop by drop, or nothing at all, is cut off, and nobody else waits", async () => {
  const slow = [
    ...(await openMany(100)),
    ...(await openMany(100, `${START}X-Drop: `)),
    ...(await openMany(100, `${asService()}Content-Length: 5000\r\n\r\n{`)),
    ...(await openMany(100, `${asService()}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`)),
  ];
  const dripping = setInterval(() => {
    for (const { socket, closed, said } of slow.slice(100)) if (!closed && said === "") socket.write("1");
  }, 50);
  try {
    await expectResponses(200);
    await expect
      .poll(() => slow.filter(({ closed }) => !closed).length, { timeout: CUT_OFF_TIMEOUT_MS })
      .toBe(0);
    await expectResponses(1);
  } finally {
    clearInterval(dripping);
  }
  for (const { said } of slow) expect(said).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
});

test("who hangs up half-way, in the headers, in the body or before the answer, leaves nothing behind", async () => {
  const halves = ["", START, `${asService()}Content-Length: 50\r\n\r\n{`];
  for (const half of halves) for (const { socket } of await openMany(100, half)) socket.end();
  const rude = await openMany(100, `${asService()}Content-Length: ${body.length}\r\n\r\n${body}`);
  for (const { socket } of rude) socket.destroy();
  await expectResponses(100);
  // The well-behaved client is still connected.
  await expect.poll(connections, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(1);
});

test("nothing is kept of a long body whose sender may not ask, however slowly it comes", async () => {
  const path = "POST /api/v1/keys/verify/batch HTTP/1.1\r\nHost: x\r\n";
  const begun = "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
  const unknown = generateToken("lk", "svc");
  for (const authorization of ["", "Authorization: Bearer x\r\n", `Authorization: Bearer ${unknown}\r\n`]) {
    const stranger = await open(path + authorization + begun);
    await expect.poll(() => stranger.said).toMatch(/^HTTP\/1\.1 401 /);
    expect(stranger.said).toContain("application/problem+json");
  }
  const service = await open(`${path}Authorization: ${headers.Authorization}\r\n${begun}`);
  await expectResponses(1);
  expect(service.said).toBe("");
});

test("headers of more than 64 KiB are 431 and the end of the connection", async () => {
  const [one, many] = [
    await open(`${START}X-Long: ${"x".repeat(160_000)}\r\n\r\n`),
    await open(`${START}${Array.from({ length: 12_000 }, (_, n) => `X-${n}: y\r\n`).join("")}\r\n`),
  ];
  await expect.poll(() => one.closed && many.closed, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(true);
  for (const { said } of [one, many]) expect(said).toMatch(/^HTTP\/1\.1 431 /);
  await expectResponses(1);
});

test("a thousand connections that idle cost those who ask nothing", async () => {
  const idle = await openMany(1_000, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  await expect.poll(() => idle.every(({ said }) => said.startsWith("HTTP/1.1 200 "))).toBe(true);
  await expectResponses(200);
  expect(idle.filter(({ closed }) => closed)).toEqual([]);
});

const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

test("thousands of half-dead connections of every kind keep nobody waiting, and all end", async () => {
  await expectResponses(1);
  const halfDead = await openStalledConnections(port, 100);
  sockets.push(...halfDead.map(({ socket }) => socket));
  await expectResponses(200, FLOODED_TIMEOUT_MS);
  await expect.poll(() => unanswered(halfDead), { timeout: CUT_OFF_TIMEOUT_MS }).toEqual([]);
  for (const { kind, socket } of halfDead) if (kind.answer) socket.destroy();
  // The well-behaved client is still connected.
  await expect.poll(connections, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(1);
});

test("a client that does not read its answers is cut off, and checks are answered meanwhile", async () => {
  const clients = await Promise.all(
    [1, 2].map(() => openUnreadConnection(port, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")),
  );
  sockets.push(...clients);
  await expectResponses(100, FLOODED_TIMEOUT_MS);
  await expect.poll(connections, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(1);
});

test("a request in absolute form is answered like any other (RFC 9112, 3.2.2)", async () => {
  const ready = await open("GET http://elsewhere.example/readyz HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n");
  await expect.poll(() => ready.said).toMatch(/^HTTP\/1\.1 200 /);
  const asked = `${asService().replace("/api", "HTTP://x/api")}Content-Length: ${body.length}\r\n\r\n${body}`;
  const check = await open(asked);
  await expect.poll(() => check.said).toContain('"code":"VALID"');
});

test.each([
  ["livez", "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", 200],
  ["an unknown path", "GET /x HTTP/1.1\r\nHost: x\r\n\r\n", 404],
  ["a check without a token", `${START}Content-Length: 2\r\n\r\n{}`, 401],
  ["no HTTP", "hello\r\n\r\n", 400],
  ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405],
])("nosniff and, on https, HSTS are on every response: %s", async (_, bytes, status) => {
  const asked = await open(bytes);
  await expect.poll(() => asked.said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(asked.said).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
  expect(asked.said).toMatch(/\r\nstrict-transport-security: max-age=\d+\r\n/i);
});
