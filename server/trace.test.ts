import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { startTracing } from "#platform/tracing/otel.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeUser } from "#test/people.ts";
import { type Receiver, startReceiver } from "#test/receiver.ts";
import { spansAt } from "#test/spans.ts";
import { setRoute, withRequestId } from "./request-scope.ts";
import { pagePattern, traceRequest } from "./trace.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

let db: Db;
let collector: Receiver;
let endpoint: string;
beforeEach(async () => {
  db = await openTestDb();
  collector = await startReceiver();
  endpoint = `http://127.0.0.1:${collector.port}`;
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await collector.stop();
});

test("API calls and actions are spans of their callers' traces, without tokens, and pages are not", async () => {
  const token = await makeManagementToken(db, (await makeUser(db)).userId);
  const api = apiOf(db)(token);
  const tracing = startTracing(
    { ratio: 1, endpoint, headers: undefined },
    { name: "latchkey-portal", version: "1" },
    () => {},
  );
  // As the portal's process does, with its API and an action in the place of Next.
  const server = createServer((req, res) =>
    withRequestId(res, async (scope) => {
      traceRequest(tracing, scope, req, res);
      const url = req.url ?? "";
      if (url.startsWith("/api/v1")) res.statusCode = (await api("GET", url.slice("/api/v1".length))).status;
      else if (req.method === "POST") setRoute("action", { "latchkey.result": "conflict" });
      res.end();
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, tracestate: `a=${token}`, Cookie: token };
  const calls: [method: string, path: string][] = [
    ["GET", `/api/v1/projects/${token}?q=${token}`],
    ["POST", `/setup/${token}?token=${token}`],
    ["GET", `/projects/${token}`],
  ];
  const ids: (string | null)[] = [];
  for (const [method, path] of calls) {
    ids.push((await fetch(origin + path, { method, headers })).headers.get("x-request-id"));
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await tracing.stop();

  expect(spansAt(collector)).toMatchObject([
    {
      service: "latchkey-portal",
      name: "GET /api/v1/projects/{projectId}",
      traceId: TRACE,
      facts: {
        "http.response.status_code": expect.toSatisfy((status) => status >= 400),
        "latchkey.request_id": ids[0],
      },
    },
    {
      name: "POST action",
      traceId: TRACE,
      facts: { "latchkey.page": "/setup/{…}", "latchkey.result": "conflict", "latchkey.request_id": ids[1] },
    },
  ]);
  expect(JSON.stringify(collector.received)).not.toContain(token.slice(-20));
});

test("a page is named by the fixed words of its path only", () => {
  expect(pagePattern("/projects/prj_4f5G/keys?q=ada@example.com#x")).toBe("/projects/{…}/keys");
  expect(pagePattern("/invite/aWk29xJd03kdLs92kdlsPq")).toBe("/invite/{…}");
  expect(pagePattern("/")).toBe("/");
});
