import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { metricValues } from "#test/prometheus.ts";
import { log } from "./log.ts";
import { countJobRun } from "./metrics/job-stats.ts";
import { PortalMetrics } from "./metrics/portal-metrics.ts";
import {
  answerMetrics,
  listenForMetrics,
  metricsServer,
  portalMetricsPort,
} from "./metrics/serve-metrics.ts";
import { loggedPath, watchRequest } from "./watch-request.ts";

let metrics: PortalMetrics;
const servers: Server[] = [];

beforeEach(() => {
  metrics = new PortalMetrics({
    version: "1.2.3",
    dataDir: ".",
    unreadyReason: () => null,
    databaseAvailable: async () => false,
    expiringTokens: async () => ({ user: 0, project: 0, service: 0 }),
    exportMetrics: async () => [],
  });
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  vi.restoreAllMocks();
});

async function listening(server: Server): Promise<string> {
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a logged path has no query and no one-time token", () => {
  const secret = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d";
  expect(loggedPath(`/invite/${secret}?next=${secret}#${secret}`)).toBe("/invite/{…}");
  expect(loggedPath("/api/v1/projects/prj_0123456789ABCDEFGHIJKL/keys?q=pay")).toBe(
    "/api/v1/projects/prj_0123456789ABCDEFGHIJKL/keys",
  );
  expect(loggedPath("/apis/badges/reference")).toBe("/apis/badges/reference");
  expect(loggedPath("/lk_live_0123456789ABCDEFGHIJ0123456789abcdef")).toBe("/{…}");
  expect(loggedPath(`/${"a/".repeat(50_000)}`).length).toBeLessThan(100);
});

test("each response is counted; it is logged only if the access log is on, and never with its query", async () => {
  const lines: unknown[] = [];
  vi.spyOn(log, "info").mockImplementation((line: unknown) => void lines.push(line));
  let accessLog = false;
  const url = await listening(
    createServer((req, res) => {
      watchRequest(req, res, { metrics, accessLog, requestId: "req_1" });
      res.writeHead(req.url === "/broken" ? 500 : 200).end();
    }),
  );
  await fetch(`${url}/projects`);
  expect(lines).toEqual([]);
  accessLog = true;
  await fetch(`${url}/api/v1/me?key=lk_live_secret`);
  await fetch(`${url}/broken`);
  await fetch(`${url}/_next/static/app.js`);
  await fetch(`${url}/brand/icon-3.svg`);
  await expect.poll(() => lines.length).toBe(2);
  const line = { method: "GET", path: "/api/v1/me", status: 200, ipAddress: null, requestId: "req_1" };
  expect(lines[0]).toEqual({ ...line, ms: expect.any(Number) });
  const values = metricValues(await metrics.text());
  const count = (kind: string, status: number) =>
    values.get(`latchkey_portal_request_duration_seconds_count{kind="${kind}",status="${status}"}`);
  expect([count("page", 200), count("page", 500), count("api", 200), count("file", 200)]).toEqual([
    1, 1, 1, 2,
  ]);
});

test("the metrics name the database, the disk and each job", async () => {
  countJobRun("mail", true, 5_000);
  countJobRun("mail", false, 9_000);
  const values = metricValues(await metrics.text());
  expect(values.get("latchkey_portal_ready")).toBe(1);
  expect(values.get("latchkey_portal_database_up")).toBe(0);
  expect(values.get("latchkey_disk_free_bytes")).toBeGreaterThan(0);
  expect(values.get('latchkey_portal_job_failures_total{name="mail"}')).toBe(1);
  expect(values.get('latchkey_portal_job_last_success_timestamp_seconds{name="mail"}')).toBe(5);
});

test("the metrics port answers metrics and probes only; a configured token is required everywhere", async () => {
  const open = await listening(metricsServer({ metrics, token: undefined }, () => false));
  expect((await fetch(`${open}/metrics`)).status).toBe(200);
  expect((await fetch(`${open}/metrics`, { method: "POST" })).status).toBe(405);
  expect((await fetch(`${open}/livez`)).status).toBe(200);
  expect((await fetch(`${open}/projects`)).status).toBe(404);
  const token = "metrics-token-0123";
  const guarded = await listening(
    createServer((req, res) => void answerMetrics(req, res, { metrics, token })),
  );
  const statusWith = async (authorization?: string) =>
    (await fetch(guarded, authorization === undefined ? {} : { headers: { authorization } })).status;
  expect(await statusWith()).toBe(401);
  expect(await statusWith(`Bearer ${token}x`)).toBe(401);
  expect(await statusWith(`Bearer ${token}`)).toBe(200);
});

test("a metrics port that is in use ends the start only if it was set", async () => {
  const taken = Number(new URL(await listening(createServer())).port);
  const settings = (portalPort: number | undefined, port: number) => ({
    port,
    metrics: { port: undefined, portalPort, host: "127.0.0.1", token: undefined },
  });
  await expect(listenForMetrics(createServer(), settings(taken, 3_000))).rejects.toThrow(
    /^LATCHKEY_PORTAL_METRICS_PORT: /,
  );
  vi.spyOn(log, "warn").mockImplementation(() => {});
  await listenForMetrics(createServer(), settings(undefined, taken - 1_000));
  expect(portalMetricsPort(settings(undefined, 65_000))).toBe(64_000);
});
