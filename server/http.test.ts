import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { metricValues } from "#test/prometheus.ts";
import {
  openStalledConnections,
  openUnreadConnection,
  type StalledConnection,
  unanswered,
  usualDelay,
} from "#test/stalled-connections.ts";
import { portalServer } from "./http.ts";
import { log } from "./log.ts";
import { markActionStarted } from "./malformed-actions.ts";
import { PortalMetrics } from "./metrics/portal-metrics.ts";
import { reportReadiness, unreadyDuring } from "./probes.ts";
import { TRY_ORIGINS_HEADER } from "./security-headers.ts";

/** A portal as in production, with timeouts about fifty times shorter. */
const TIMEOUTS = {
  headersTimeout: 400,
  requestTimeout: 800,
  keepAliveTimeout: 800,
  connectionsCheckingInterval: 100,
  stalled: { windowMs: 800, minBytesPerSecond: 1_024 },
};
/** For a server that shares its thread with a thousand clients, which a request may have to wait for. */
const AMONG_MANY_CLIENTS = { ...TIMEOUTS, headersTimeout: 2_000, requestTimeout: 4_000 };
const PAGE = Buffer.alloc(64 * 1024, "page");

let server: Server;
let port: number;
let metrics: PortalMetrics;
let seen: IncomingMessage[];
let stopping: boolean;
let databaseAvailable: boolean;
let halfDead: StalledConnection[] = [];

/** In place of Next: reads nothing, and answers with a page. */
async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
  seen.push(req);
  if (req.url?.endsWith("/fails-before") || req.url === "/fails-in-ours") {
    if (req.url === "/fails-in-ours") markActionStarted();
    res.statusCode = 500;
    res.setHeader("Content-Type", "text/plain");
    res.write("Internal ");
    res.end("Server Error");
    return;
  }
  if (req.url === "/fails-compressed") {
    res.setHeader("Content-Encoding", "gzip").setHeader("Link", "</app.css>; rel=preload; as=style");
    res.writeHead(500);
    res.end(gzipSync("Internal Server Error"));
    return;
  }
  const listeners = Number(req.url?.match(/^\/listeners\/(\d+)$/)?.[1] ?? 0);
  for (let n = 0; n < listeners; n++) res.once("close", () => {});
  res.end(req.method === "HEAD" ? undefined : PAGE);
}

beforeEach(() => start(TIMEOUTS));
afterEach(stop);

async function start(timeouts: typeof TIMEOUTS): Promise<void> {
  [seen, stopping, databaseAvailable] = [[], false, true];
  const settings = { url: "https://keys.example.com", trustedProxies: [] };
  metrics = new PortalMetrics({
    version: "1.2.3",
    dataDir: ".",
    unreadyReason: () => null,
    databaseAvailable: async () => databaseAvailable,
    expiringTokens: async () => ({ user: 0, project: 0, service: 0 }),
    exportMetrics: async () => [],
  });
  const options = {
    settings,
    metrics: { metrics, token: undefined },
    publicHost: "keys.example.com",
    stopping: () => stopping,
    databaseAvailable: async () => databaseAvailable,
    originsOf: async ({ url }: IncomingMessage) => (url === "/try" ? ["https://api.example.com"] : []),
    handle,
  };
  server = portalServer(options, timeouts);
  server.listen(0, "127.0.0.1", 4_096);
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
}

async function stop(): Promise<void> {
  vi.restoreAllMocks();
  for (const { socket } of halfDead.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

async function closedConnections() {
  const values = metricValues(await metrics.text());
  const count = (reason: string) =>
    values.get(`latchkey_portal_connections_closed_total{reason="${reason}"}`);
  return { pipelined: count("pipelined"), stalled: count("stalled") };
}

/** The whole response to these bytes, on a separate connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(bytes);
  return text(socket);
}

test("thousands of half-open connections of every kind delay nobody, and all end", async () => {
  await stop();
  await start(AMONG_MANY_CLIENTS);
  halfDead = await openStalledConnections(port, 100);
  const tookMs: number[] = [];
  for (let n = 0; n < 50; n++) {
    const startedAt = performance.now();
    const response = await get("/livez", { headers: { Connection: "close" } });
    expect(await response.text()).toBe("ok\n");
    tookMs.push(performance.now() - startedAt);
  }
  // Half of the time after which the first of them is disconnected for a slow body.
  expect(usualDelay(tookMs)).toBeLessThan(AMONG_MANY_CLIENTS.requestTimeout / 2);
  await expect.poll(() => unanswered(halfDead), { timeout: 20_000 }).toEqual([]);
  await expect.poll(connections, { timeout: 20_000 }).toBe(0);
});

test("a client that does not read its responses is disconnected, and few of its requests are handled", async () => {
  const clients = await Promise.all(
    Array.from({ length: 10 }, () => openUnreadConnection(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")),
  );
  await expect.poll(connections, { timeout: 20_000 }).toBe(0);
  for (const client of clients) client.destroy();
  const { pipelined = 0, stalled = 0 } = await closedConnections();
  // On a busy machine, some are closed by the time limit of a request of which only a part has been read.
  expect(pipelined + stalled).toBeGreaterThan(0);
  expect(pipelined + stalled).toBeLessThanOrEqual(clients.length);
  expect(seen.length).toBeLessThanOrEqual(clients.length * 16);
});

test("a connection with too many requests in progress is closed, one with a few gets all responses", async () => {
  const request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  expect((await exchange(request.repeat(16))).match(/HTTP\/1\.1 200/g)).toHaveLength(16);
  const many = await exchange(request.repeat(500));
  expect((many.match(/HTTP\/1\.1 200/g) ?? []).length).toBeLessThanOrEqual(16);
  expect(seen.length).toBeLessThanOrEqual(32);
});

test("a connection that is closed for its requests is counted and logged once, with the client's IP address and no URL", async () => {
  const lines: unknown[] = [];
  vi.spyOn(log, "warn").mockImplementation((line: unknown) => void lines.push(line));
  const request = "GET /?key=lk_live_secret HTTP/1.1\r\nHost: x\r\n\r\n";
  await exchange(request.repeat(16));
  expect(await closedConnections()).toEqual({ pipelined: 0, stalled: 0 });
  await exchange(request.repeat(500));
  expect(await closedConnections()).toEqual({ pipelined: 1, stalled: 0 });
  expect(lines).toEqual([{ event: "access.too-many-in-progress", address: "127.0.0.1" }]);
  for (let n = 0; n < 20; n++) await exchange(request.repeat(17));
  expect((await closedConnections()).pipelined).toBe(21);
  expect(lines).toHaveLength(10);
});

test("a client that reads slowly but steadily gets its whole response", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  let received = 0;
  for await (const chunk of socket) {
    received += chunk.length;
    socket.pause();
    setTimeout(() => socket.resume(), 50);
  }
  expect(received).toBeGreaterThan(PAGE.length);
});

test.each([
  ["a page", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 200],
  ["a probe", "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", 200],
  ["a call of the API", "GET /api/v1/projects HTTP/1.1\r\nHost: x\r\n\r\n", 200],
  ["a method that is not taken", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 405],
  ["a path that can't be decoded", "GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["a body that is too large", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", 413],
  ["no HTTP", "hello\r\n\r\n", 400],
  ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
  ["headers that are too large", `GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(50_000)}\r\n\r\n`, 431],
  ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405],
  ["an expectation", "GET / HTTP/1.1\r\nHost: x\r\nExpect: coffee\r\n\r\n", 417],
])("nosniff and, on https, HSTS are on every response: %s", async (_, bytes, status) => {
  const response = await exchange(bytes);
  expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(response).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
  expect(response).toMatch(/\r\nstrict-transport-security: max-age=63072000\r\n/i);
});

test("requests in absolute form are answered, and their host is not trusted (RFC 9112, 3.2.2)", async () => {
  reportReadiness(() => null);
  expect(await exchange("GET http://evil.example/readyz HTTP/1.1\r\nHost: evil.example\r\n\r\n")).toMatch(
    /^HTTP\/1\.1 200 .*\r\nok\n/s,
  );
  await exchange("GET http://evil.example?q=1 HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  await exchange("GET HTTPS://EVIL.example/a//b?c HTTP/1.1\r\nHost: other\r\nX-Forwarded-Host: evil\r\n\r\n");
  expect(seen.map(({ url }) => url)).toEqual(["/?q=1", "/a//b?c"]);
  for (const { headers } of seen) {
    expect(headers.host).toBe("keys.example.com");
    expect(JSON.stringify(headers)).not.toContain("evil");
  }
});

test("/readyz says why the portal is not ready, /livez only that it runs", async () => {
  const statusOf = async (path: string, init?: RequestInit) => (await get(path, init)).status;
  reportReadiness(() => "the database is away");
  expect(await statusOf("/livez")).toBe(200);
  const unready = await get("/readyz?x");
  expect([unready.status, await unready.text()]).toEqual([503, "not ready: the database is away\n"]);
  reportReadiness(() => null);
  expect(await statusOf("/readyz")).toBe(200);
  const load = Promise.withResolvers<void>();
  const loading = unreadyDuring(load.promise);
  const slow = await get("/readyz");
  expect([slow.status, await slow.text()]).toEqual([503, "not ready: the portal is loading its pages\n"]);
  load.reject(new Error("no manifest"));
  await expect(loading).rejects.toThrow("no manifest");
  expect(await statusOf("/readyz")).toBe(200);
  expect(await statusOf("/readyz", { method: "POST" })).toBe(405);
  stopping = true;
  expect(await statusOf("/readyz")).toBe(503);
  expect(await statusOf("/livez")).toBe(200);
});

test("an unreadable action is a client error, and an action that fails in our code is a server error", async () => {
  // A page answers unknown paths below /api/ too.
  for (const path of ["/fails-before", "/api/fails-before"]) {
    const malformed = await get(path, { method: "POST", body: "x" });
    expect(malformed.status).toBe(400);
    expect(malformed.headers.get("content-type")).toBe("application/problem+json");
    expect((await malformed.json()).requestId).toBe(malformed.headers.get("x-request-id"));
  }
  for (const [path, method] of [
    ["/fails-in-ours", "POST"],
    ["/fails-before", "GET"],
    ["/api/v1/fails-before", "POST"],
  ] as const) {
    const failed = await get(path, { method });
    expect([failed.status, await failed.text()]).toEqual([500, "Internal Server Error"]);
  }
});

test("without its database the portal answers 503: a page to browsers, a problem to scripts and page updates", async () => {
  databaseAvailable = false;
  const page = await get("/projects", { headers: { Accept: "text/html" } });
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain(`Request ${page.headers.get("x-request-id")}`);
  const problems = [
    await get("/api/v1/projects"),
    await get("/projects", { headers: { Accept: "text/html", RSC: "1" } }),
    await get("/projects", { method: "POST", headers: { Accept: "text/html" }, body: "x".repeat(100_000) }),
  ];
  for (const response of problems) {
    expect(response.status).toBe(503);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 503, requestId: expect.stringMatching(/^req_/) });
  }
  expect(seen).toEqual([]);
  // Files need no database, and the cache can answer verifications.
  for (const path of ["/_next/static/app.css", "/api/v1/keys/verify"]) {
    expect((await get(path)).status, path).toBe(200);
  }
  databaseAvailable = true;
  expect((await get("/projects")).status).toBe(200);
});

test("a page that fails is replaced by one that needs no scripts, for browsers and not for scripts and page updates", async () => {
  for (const path of ["/fails-before", "/fails-compressed"]) {
    const page = await get(path, { headers: { Accept: "text/html" } });
    expect(page.status).toBe(500);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain("<h1>The portal failed to answer</h1>");
    expect(html).toContain(`Request ${page.headers.get("x-request-id")}`);
    expect(html).not.toContain("Server Error");
    const head = await get(path, { method: "HEAD", headers: { Accept: "text/html" } });
    expect([head.status, await head.text()]).toEqual([500, ""]);
  }
  const update = await get("/fails-before", { headers: { Accept: "text/html", RSC: "1" } });
  expect([update.status, await update.text()]).toEqual([500, "Internal Server Error"]);
  const works = await get("/projects", { headers: { Accept: "text/html" } });
  expect(Buffer.from(await works.arrayBuffer())).toEqual(PAGE);
});

test("only the server itself says which origins a page may call", async () => {
  const headers = { [TRY_ORIGINS_HEADER]: "https://evil.example" };
  const call = (path: string) => get(path, { headers }).then((response) => response.arrayBuffer());
  await call("/other");
  await call("/try");
  const origins = seen.map((request) => request.headers[TRY_ORIGINS_HEADER]);
  expect(origins).toEqual([undefined, "https://api.example.com"]);
});

test("ten close listeners of a page cause no warning, and a leak of more does", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  try {
    // A chunked body, because its limit adds a listener too.
    const request = (listeners: number) =>
      exchange(
        `POST /listeners/${listeners} HTTP/1.1\r\nHost: keys.example.com\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
      );
    expect(await request(10)).toMatch(/^HTTP\/1\.1 200/);
    expect(warnings).toEqual([]);
    await request(16);
    await expect.poll(() => warnings.map(({ name }) => name)).toEqual(["MaxListenersExceededWarning"]);
  } finally {
    process.off("warning", note);
  }
});
