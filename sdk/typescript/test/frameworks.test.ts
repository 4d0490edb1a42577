import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Latchkey } from "../src/client.ts";
import { latchkeyExpress } from "../src/express.ts";
import { latchkeyFastify } from "../src/fastify.ts";
import { type LatchkeyVariables, latchkeyHono } from "../src/hono.ts";
import { withLatchkey } from "../src/next.ts";
import { FakeLatchkey } from "../src/testing.ts";
import type { KeyVerifier } from "../src/verdict.ts";
import { protect } from "../src/web.ts";
import { deployment } from "./deployment.ts";

const PROXIES = { trustedProxies: ["127.0.0.1", "::1"], onError: () => {} };
const { verifierUrl, serviceToken, secrets } = deployment();

/** A service of each framework whose every route answers with the id of the key. */
const SERVICES: Record<string, (verifier: KeyVerifier) => Promise<RequestListener>> = {
  express: createExpressService,
  async fastify(verifier) {
    const app = fastify();
    await app.register(latchkeyFastify, { verifier, ...PROXIES });
    app.all("/badges", async (request) => ({ seen: request.latchkey }));
    await app.ready();
    return (request, response) => app.routing(request, response);
  },
  async hono(verifier) {
    const app = new Hono<{ Variables: LatchkeyVariables }>();
    app.use(latchkeyHono(verifier, { ...PROXIES, remoteAddress: (c) => getConnInfo(c).remote.address }));
    app.all("/badges", (context) => context.json({ seen: context.get("latchkey") }));
    return getRequestListener(app.fetch);
  },
  async "Web-standard handler"(verifier) {
    const options = { ...PROXIES, remoteAddress: () => "127.0.0.1" };
    return getRequestListener(protect(verifier, (_, verdict) => Response.json({ seen: verdict }), options));
  },
  async "Next.js route handler"(verifier) {
    const options = { ...PROXIES, remoteAddress: () => "127.0.0.1" };
    const handler = withLatchkey<{ params: Promise<{ id: string }> }>(
      verifier,
      async (_, verdict, { params }) => Response.json({ seen: verdict, id: (await params).id }),
      options,
    );
    return getRequestListener((request) => handler(request, { params: Promise.resolve({ id: "1" }) }));
  },
};

describe.each(Object.entries(SERVICES))("%s", (_, createService) => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const verifier = new Latchkey({ url: verifierUrl, token: serviceToken, api: "badges" });
    [server, url] = await listen(await createService(verifier));
  });
  afterAll(() => {
    server.close();
  });

  const call = (headers: Record<string, string>, method = "GET") =>
    fetch(`${url}/badges`, { method, headers });

  test("hands the verdict to the handler", async () => {
    const response = await call({ "X-Api-Key": secrets.valid });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ seen: { code: "VALID", operation: "badges.list" } });
  });

  test("answers 401 without a key, and for a revoked one", async () => {
    const missing = await call({});
    expect(missing.status).toBe(401);
    expect(missing.headers.get("www-authenticate")).toBe('Bearer realm="API key"');
    expect(missing.headers.get("content-type")).toContain("application/problem+json");
    expect(await missing.json()).toMatchObject({ code: "KEY_MISSING", status: 401 });
    const revoked = await call({ Authorization: `Bearer ${secrets.revoked}` });
    expect(revoked.status).toBe(401);
    expect(await revoked.json()).toMatchObject({ code: "KEY_REVOKED" });
  });

  test("answers 403 for an operation and an IP address outside the restrictions", async () => {
    expect((await call({ "X-Api-Key": secrets.restrictedToList })).status).toBe(200);
    const operation = await call({ "X-Api-Key": secrets.restrictedToList }, "POST");
    expect([operation.status, await operation.json()]).toMatchObject([
      403,
      { code: "OPERATION_NOT_ALLOWED" },
    ]);
    const from = (address: string) =>
      call({ "X-Api-Key": secrets.restrictedToIps, "X-Forwarded-For": address });
    expect((await from("198.51.100.7")).status).toBe(200);
    // What the caller wrote is left of what the proxy added.
    const forged = await from("198.51.100.7, 203.0.113.9");
    expect([forged.status, await forged.json()]).toMatchObject([
      403,
      { code: "IP_NOT_ALLOWED", observed: { clientIp: "203.0.113.9" } },
    ]);
  });

  test("lets a CORS preflight pass without a verdict", async () => {
    const preflight = { Origin: "https://example.com", "Access-Control-Request-Method": "POST" };
    const response = await call(preflight, "OPTIONS");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ seen: null });
  });

  test("answers 503 when no verifier can be reached", async () => {
    const fake = new FakeLatchkey();
    fake.isUnavailable = true;
    const [broken, brokenUrl] = await listen(await createService(fake));
    const response = await fetch(`${brokenUrl}/badges`, { headers: { "X-Api-Key": secrets.valid } });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    broken.close();
  });
});

test("a key over its quota is answered with 429, Retry-After and RateLimit", async () => {
  const verifier = new Latchkey({ url: verifierUrl, token: serviceToken });
  const [server, url] = await listen(await createExpressService(verifier));
  const call = () => fetch(`${url}/badges`, { headers: { "X-Api-Key": secrets.limited } });
  const first = await call();
  expect([first.status, first.headers.get("ratelimit-policy")]).toEqual([200, '"quota";q=1;w=86400']);
  const second = await call();
  expect(second.status).toBe(429);
  expect(second.headers.get("ratelimit")).toMatch(/^"quota";r=0;t=\d+$/);
  expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await second.json()).toMatchObject({ code: "QUOTA_EXCEEDED" });
  server.close();
});

async function createExpressService(verifier: KeyVerifier): Promise<RequestListener> {
  const app = express();
  const router = express.Router();
  router.use(latchkeyExpress(verifier, PROXIES));
  router.all("/", (request, response) => {
    response.json({ seen: request.latchkey });
  });
  // Mounted: the router sees a shorter path than the caller sent.
  app.use("/badges", router);
  return app;
}

async function listen(listener: RequestListener): Promise<[Server, string]> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}
