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
import {
  openStalledConnections,
  openUnreadConnection,
  unanswered,
  usualDelay,
} from "#test/stalled-connections.ts";
import { Metrics } from "../metrics/metrics.ts";
import { verifierServers } from "./servers.ts";

/** As an operator's verifier, with timeouts a twelfth as long. */
const TIMEOUTS = {
  headersTimeout: 400,
  requestTimeout: 800,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 100,
  stalled: { windowMs: 800, minBytesPerSecond: 1_024 },
};
const CUT_OFF_TIMEOUT_MS = 10_000;
/** For most checks under these conditions. Usually they take 1 ms; waiting for a slow client takes at least 400 ms. */
const RESPONSE_TIMEOUT_MS = 400;
/** For each check: it never waits for all of the slow clients. */
const LONGEST_RESPONSE_MS = 20_000;
/** So many checks at least, so that one of them may be delayed by a busy machine. */
const MIN_CHECKS = 10;

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
    TIMEOUTS,
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

/** A connection that has sent `first`. `received`: what the server has sent; `closed`: whether the connection is closed. */
async function open(first = "") {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  const seen = { socket, received: "", closed: false };
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    seen.received += chunk;
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

/** A check on the connection of a well-behaved client: its status and duration. */
async function check(): Promise<{ status: number | undefined; tookMs: number }> {
  const startedAt = performance.now();
  const outgoing = request({ port, agent, method: "POST", path: "/api/v1/keys/verify", headers });
  outgoing.end(body);
  const [response] = await once(outgoing, "response");
  response.resume();
  await once(response, "end");
  return { status: response.statusCode, tookMs: performance.now() - startedAt };
}

async function expectResponses(count = MIN_CHECKS): Promise<void> {
  const durations: number[] = [];
  for (let n = 0; n < count; n++) {
    const { status, tookMs } = await check();
    expect(status).toBe(200);
    durations.push(tookMs);
  }
  expect(usualDelay(durations)).toBeLessThan(RESPONSE_TIMEOUT_MS);
  expect(Math.max(...durations)).toBeLessThan(LONGEST_RESPONSE_MS);
}

const START = "POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\n";
/** With a service token; without one, the response comes right after the headers. */
const asService = () =>
  `${START}Authorization: ${headers.Authorization}\r\nContent-Type: application/json\r\n`;

test("clients that send headers or a body byte by byte, or nothing, are disconnected without delaying others", async () => {
  const slow = [
    ...(await openMany(100)),
    ...(await openMany(100, `${START}X-Drop: `)),
    ...(await openMany(100, `${asService()}Content-Length: 5000\r\n\r\n{`)),
    ...(await openMany(100, `${asService()}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`)),
  ];
  const dripping = setInterval(() => {
    for (const { socket, closed, received } of slow.slice(100))
      if (!closed && received === "") socket.write("1");
  }, 50);
  try {
    await expectResponses(200);
    await expect
      .poll(() => slow.filter(({ closed }) => !closed).length, { timeout: CUT_OFF_TIMEOUT_MS })
      .toBe(0);
    await expectResponses();
  } finally {
    clearInterval(dripping);
  }
  for (const { received } of slow) expect(received).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
});

test("clients that disconnect in the headers, in the body or before the response leave no connection behind", async () => {
  const halves = ["", START, `${asService()}Content-Length: 50\r\n\r\n{`];
  for (const half of halves) for (const { socket } of await openMany(100, half)) socket.end();
  const abrupt = await openMany(100, `${asService()}Content-Length: ${body.length}\r\n\r\n${body}`);
  for (const { socket } of abrupt) socket.destroy();
  await expectResponses(100);
  // The well-behaved client is still connected.
  await expect.poll(connections, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(1);
});

test("a long body without a valid service token is not buffered, however slowly it arrives", async () => {
  const path = "POST /api/v1/keys/verify/batch HTTP/1.1\r\nHost: x\r\n";
  const begun = "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
  const unknown = generateToken("lk", "svc");
  for (const authorization of ["", "Authorization: Bearer x\r\n", `Authorization: Bearer ${unknown}\r\n`]) {
    const stranger = await open(path + authorization + begun);
    await expect.poll(() => stranger.received).toMatch(/^HTTP\/1\.1 401 /);
    expect(stranger.received).toContain("application/problem+json");
  }
  const service = await open(`${path}Authorization: ${headers.Authorization}\r\n${begun}`);
  await expectResponses();
  expect(service.received).toBe("");
});

test("headers of more than 64 KiB get 431, and the connection is closed", async () => {
  const [one, many] = [
    await open(`${START}X-Long: ${"x".repeat(160_000)}\r\n\r\n`),
    await open(`${START}${Array.from({ length: 12_000 }, (_, n) => `X-${n}: y\r\n`).join("")}\r\n`),
  ];
  await expect.poll(() => one.closed && many.closed, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(true);
  for (const { received } of [one, many]) expect(received).toMatch(/^HTTP\/1\.1 431 /);
  await expectResponses();
});

test("a thousand idle connections do not delay other clients", async () => {
  const idle = await openMany(1_000, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  await expect.poll(() => idle.every(({ received }) => received.startsWith("HTTP/1.1 200 "))).toBe(true);
  await expectResponses(200);
  expect(idle.filter(({ closed }) => closed)).toEqual([]);
});

const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

test("thousands of stalled connections of every kind delay no other client, and all are closed", async () => {
  await expectResponses();
  const halfDead = await openStalledConnections(port, 100);
  sockets.push(...halfDead.map(({ socket }) => socket));
  await expectResponses(200);
  await expect.poll(() => unanswered(halfDead), { timeout: CUT_OFF_TIMEOUT_MS }).toEqual([]);
  for (const { kind, socket } of halfDead) if (kind.answer) socket.destroy();
  // The well-behaved client is still connected.
  await expect.poll(connections, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(1);
});

test("a client that does not read its responses is disconnected, and checks are answered meanwhile", async () => {
  const clients = await Promise.all(
    [1, 2].map(() => openUnreadConnection(port, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")),
  );
  sockets.push(...clients);
  await expectResponses(100);
  await expect.poll(connections, { timeout: CUT_OFF_TIMEOUT_MS }).toBe(1);
});

test("a request in absolute form is answered like any other (RFC 9112, 3.2.2)", async () => {
  const ready = await open("GET http://elsewhere.example/readyz HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n");
  await expect.poll(() => ready.received).toMatch(/^HTTP\/1\.1 200 /);
  const bytes = `${asService().replace("/api", "HTTP://x/api")}Content-Length: ${body.length}\r\n\r\n${body}`;
  const check = await open(bytes);
  await expect.poll(() => check.received).toContain('"code":"VALID"');
});

test.each([
  ["livez", "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", 200],
  ["an unknown path", "GET /x HTTP/1.1\r\nHost: x\r\n\r\n", 404],
  ["a check without a token", `${START}Content-Length: 2\r\n\r\n{}`, 401],
  ["no HTTP", "hello\r\n\r\n", 400],
  ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405],
])("nosniff and, on https, HSTS are on every response: %s", async (_, bytes, status) => {
  const connection = await open(bytes);
  await expect.poll(() => connection.received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(connection.received).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
  expect(connection.received).toMatch(/\r\nstrict-transport-security: max-age=\d+\r\n/i);
});
