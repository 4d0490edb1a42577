import type { Browser } from "playwright";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordChange } from "#db/changes.ts";
import { launchBrowser } from "#test/browser.ts";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { type GatewayProcess, RUN_GATEWAYS, startGateway } from "#test/gateway-process.ts";
import {
  type GateRecorder,
  recordGate,
  sendRaw,
  startService,
  type TestService,
} from "#test/gateway-service.ts";
import { makeKey } from "#test/people.ts";

const MEGABYTE = 1_024 * 1_024;

/** The headers that the gate reads, and those that HTTP and the gateways set. */
const READ = `
  x-latchkey-token x-api-key authorization referer origin access-control-request-method x-android-package
  x-android-cert x-ios-bundle-identifier x-original-method x-original-uri x-forwarded-method x-forwarded-uri
  x-forwarded-for host connection content-length x-forwarded-host x-forwarded-proto x-forwarded-port
  x-forwarded-server x-real-ip x-envoy-internal x-envoy-expected-rq-timeout-ms user-agent accept
  accept-encoding
`
  .trim()
  .split(/\s+/);

let fixture: GatewayFixture;
let service: TestService;
let recorder: GateRecorder;
let browser: Browser;
let secret: string;
let keyId: string;

beforeAll(async () => {
  fixture = await createGatewayFixture();
  await fixture.db.write((tx) => tx.q.update(tx.t.apis).set({ allowKeyInUrl: true }));
  await fixture.db.write((tx) => recordChange(tx, { kind: "api", subject: "any" }, Date.now()));
  [service, recorder, browser] = await Promise.all([
    startService(),
    recordGate(fixture.verifierPort),
    launchBrowser(),
  ]);
  const created = await makeKey(fixture.ctx, fixture.projectId);
  ({ secret } = created);
  keyId = created.key.id;
});
afterAll(async () => {
  await browser.close();
  await recorder.end();
  await service.end();
  await fixture.stop();
});
beforeEach(() => service.forget());

describe.each(RUN_GATEWAYS)("%s, configured as in docs/integrate/gateways", (name) => {
  let gateway: GatewayProcess;
  let url: string;

  beforeAll(async () => {
    gateway = await startGateway(name, {
      verifierPort: recorder.port,
      servicePort: service.port,
      token: fixture.token,
      // Traefik's file names the websites that may call.
      change: (config) => config.replace("https://shop.example.com", `http://localhost:${service.port}`),
    });
    url = `http://127.0.0.1:${gateway.port}`;
  });
  afterAll(() => gateway.end());

  const newest = () => service.arrived.at(-1);
  const raw = (head: string, enough = (heard: string) => heard.includes("served")) => {
    const here = head.replaceAll("Host: api", `Host: 127.0.0.1:${gateway.port}`);
    return sendRaw(gateway.port, here.replaceAll("\n", "\r\n"), enough);
  };

  test("a client's Connection header removes no fact", async () => {
    const named = "X-Latchkey-Environment, X-Latchkey-Key-Id, X-Latchkey-Token";
    for (const first of ["close", "keep-alive"]) {
      await raw(`GET /badges HTTP/1.1\nHost: api\nX-Api-Key: ${secret}\nConnection: ${first}, ${named}\n\n`);
      expect(newest()?.headers).toMatchObject({
        "x-latchkey-key-id": keyId,
        "x-latchkey-environment": "live",
      });
      service.forget();
    }
  });

  test("an upload of 2 MB reaches the service only with a key", async () => {
    const body = Buffer.alloc(2 * MEGABYTE, "x");
    const sent = await fetch(`${url}/badges`, { method: "POST", body, headers: { "X-Api-Key": secret } });
    expect(sent.status).toBe(200);
    expect(newest()?.bodyBytes).toBe(body.length);
    service.forget();
    const without = await fetch(`${url}/badges`, { method: "POST", body }).catch(() => null);
    // A gateway may close the connection while the rest is still being sent.
    expect([401, undefined]).toContain(without?.status);
    expect(service.arrived).toEqual([]);
  });

  test("16 kB of cookies, a long URL and a long bearer token pass; the gate gets only the headers it reads", async () => {
    const headers = {
      "X-Api-Key": secret,
      Cookie: `session=${"c".repeat(16_384)}`,
      Authorization: `Bearer ${"j".repeat(8_000)}`,
      "X-Custom": "for the service",
      "If-None-Match": '"x"',
    };
    const path = `/badges?q=${"q".repeat(7_000)}`;
    expect((await fetch(url + path, { headers })).status).toBe(200);
    expect(newest()?.url).toBe(path);
    expect(newest()?.headers).toMatchObject({ cookie: headers.Cookie, authorization: headers.Authorization });
    const sent = Object.keys(recorder.headers).filter((header) => !READ.includes(header));
    // Caddy can be configured which headers to omit, not which to send.
    expect(sent.filter((header) => name !== "caddy" || header !== "x-custom")).toEqual([]);
  });

  const places: [string, string, Record<string, string>, string][] = [
    ["X-Api-Key", "/badges?page=2", { "X-Api-Key": "KEY" }, "/badges?page=2"],
    ["a bearer token", "/badges", { Authorization: "Bearer KEY" }, "/badges"],
    ["the URL, alone", "/badges?key=KEY", {}, "/badges"],
    ["the URL, first", "/badges?key=KEY&page=2", {}, "/badges?page=2"],
    ["the URL, last", "/badges?page=2&key=KEY%0A", {}, "/badges?page=2"],
    ["the URL, in the middle", "/badges?a=%2F&key=KEY&b=%20c", {}, "/badges?a=%2F&b=%20c"],
    ["all places", "/badges?key=KEY", { "X-Api-Key": "KEY", Authorization: "bearer KEY" }, "/badges"],
    ["both headers", "/badges", { "X-Api-Key": "KEY", Authorization: "bearer KEY" }, "/badges"],
  ];
  // Traefik can't remove a key from a URL: its configuration says not to allow them.
  const removable = places.filter(([, path]) => name !== "traefik" || !path.includes("KEY"));
  test.each(removable)(
    "a key in %s is evaluated and never reaches the service",
    async (_, path, sent, forwarded) => {
      const put = (text: string) => text.replace("KEY", secret);
      const headers = Object.fromEntries(Object.entries(sent).map(([header, text]) => [header, put(text)]));
      expect((await fetch(url + put(path), { headers })).status).toBe(200);
      expect(JSON.stringify(newest())).not.toContain(secret);
      expect(newest()?.url.replace(/[?&]+$/, "")).toBe(forwarded);
      expect(newest()?.headers["x-latchkey-key-id"]).toBe(keyId);
    },
  );

  test("other bearer tokens and the service's own parameter named key pass", async () => {
    const headers = { "X-Api-Key": secret, Authorization: "Bearer sk_live_somebody-elses" };
    expect((await fetch(`${url}/badges?key=own&monkey=lk_live_x&b=1`, { headers })).status).toBe(200);
    expect(newest()?.url).toBe("/badges?key=own&monkey=lk_live_x&b=1");
    expect(newest()?.headers.authorization).toBe(headers.Authorization);
  });

  test("headers that a framework interprets as another method or path never arrive", async () => {
    const forged = {
      "X-HTTP-Method-Override": "DELETE",
      "X-HTTP-Method": "DELETE",
      "X-Method-Override": "DELETE",
      "X-Original-Url": "/admin",
      "X-Rewrite-Url": "/admin",
      "X-Original-Uri": "/admin",
      "X-Original-Method": "DELETE",
      "X-Forwarded-Uri": "/admin",
      "X-Forwarded-Method": "DELETE",
    };
    const sent = await fetch(`${url}/badges`, {
      method: "POST",
      headers: { "X-Api-Key": secret, ...forged },
    });
    expect(sent.status).toBe(200);
    expect(newest()).toMatchObject({ method: "POST", url: "/badges" });
    const known = Object.keys(forged).map((header) => header.toLowerCase());
    expect(Object.keys(newest()?.headers ?? {}).filter((header) => known.includes(header))).toEqual([]);
  });

  test("a WebSocket opens with a key and works in both directions; without a key it is 401", async () => {
    const upgrade =
      "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
    const open = (credential: string) =>
      raw(`GET /badges HTTP/1.1\nHost: api\n${credential}\n${upgrade}\n`, (heard) =>
        /^HTTP.*\r\n\r\n/s.test(heard),
      );
    for (const credential of [`X-Api-Key: ${secret}`, `Authorization: Bearer ${secret}`]) {
      expect(await open(credential)).toMatch(/^HTTP\/1\.1 101 /);
      expect(newest()?.headers["x-latchkey-key-id"]).toBe(keyId);
      expect(JSON.stringify(newest()?.headers)).not.toContain(secret);
    }
    service.forget();
    expect(await open("X-Api-Key: junk")).toMatch(/^HTTP\/1\.1 401 /);
    expect(service.arrived).toEqual([]);
  });

  test("an upgrade to HTTP/2 never reaches the service: its requests would not be verified", async () => {
    const head = `GET /badges HTTP/1.1\nHost: api\nX-Api-Key: ${secret}\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\n`;
    const wanted = [
      "Upgrade: h2c\n",
      "Upgrade: h2c, websocket\n",
      "Upgrade: websocket, h2c\n",
      "Upgrade: h2c\nUpgrade: websocket\n",
      "Upgrade: websocket\nUpgrade: h2c\n",
      "Upgrade: H2C\n",
    ];
    for (const upgrade of wanted) {
      for (const connection of ["Upgrade, HTTP2-Settings", "Upgrade, HTTP2-Settings, close"]) {
        service.forget();
        const answered = (heard: string) => heard.includes("\r\n\r\n");
        await raw(`${head}Connection: ${connection}\n${upgrade}\n`, answered);
        const upgrades = service.arrived.map(({ headers }) => headers.upgrade);
        expect(
          upgrades.filter((name) => name && name !== "websocket"),
          upgrade,
        ).toEqual([]);
      }
    }
  });

  test("no tunnel is opened to the service", async () => {
    for (const target of ["service:80", "/badges", `127.0.0.1:${gateway.port}`]) {
      await raw(
        `CONNECT ${target} HTTP/1.1\nHost: api\nX-Api-Key: ${secret}\nConnection: close\n\n`,
        (heard) => heard.includes("\r\n\r\n"),
      );
      expect(service.arrived, target).toEqual([]);
    }
  });

  test("Expect: 100-continue, HTTP/1.0, HEAD, and two POSTs on one connection are verified like any request", async () => {
    const post = (key: string) => `POST /badges HTTP/1.1\nHost: api\nX-Api-Key: ${key}\nContent-Length: 4\n`;
    const expecting = await raw(`${post(secret)}Expect: 100-continue\n\nbody`);
    expect(expecting).toContain(" 200 ");
    const denied = await raw(`${post("junk")}Expect: 100-continue\nConnection: close\n\n`, (heard) =>
      heard.includes(" 401 "),
    );
    expect(denied).toContain(" 401 ");
    const old = await raw(`GET /badges HTTP/1.0\nHost: api\nX-Api-Key: ${secret}\n\n`);
    expect(old).toMatch(/^HTTP\/1\.[01] 200 /);
    if (name === "nginx") {
      const bare = await raw(`GET /badges HTTP/1.0\nX-Api-Key: ${secret}\n\n`);
      expect(bare).toMatch(/^HTTP\/1\.[01] 200 /);
      service.arrived.pop();
    }
    expect(await raw("GET /badges HTTP/1.0\nHost: api\n\n", () => false)).toMatch(/^HTTP\/1\.[01] 401 /);
    const two = await raw(`${post(secret)}\nbody${post("junk")}Connection: close\n\nbody`, (heard) =>
      heard.includes(" 401 "),
    );
    expect(two).toMatch(/^HTTP\/1\.1 200 .*HTTP\/1\.1 401 /s);
    expect(service.arrived.map(({ method, bodyBytes }) => `${method} ${bodyBytes}`)).toEqual([
      "POST 4",
      "GET 0",
      "POST 4",
    ]);
    const head = await fetch(`${url}/badges`, { method: "HEAD", headers: { "X-Api-Key": secret } });
    expect([head.status, newest()?.method]).toEqual([200, "HEAD"]);
  });

  test("a page of another site gets responses with a key, and can read the reason for a denial without one", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    // Another origin on the same machine, because Chromium asks for permission before a site calls a local address.
    await page.goto(`http://localhost:${service.port}/shop`);
    service.forget();
    const ask = (key: string, method = "GET") =>
      page.evaluate(
        async ([to, key, method]) => {
          const headers = { "X-Api-Key": key as string };
          const answer = await fetch(`${to}/badges`, { method: method as string, headers });
          return [answer.status, answer.headers.get("x-latchkey-code"), await answer.text()];
        },
        [url, key, method],
      );
    expect(await ask(secret)).toEqual([200, null, "served"]);
    expect(await ask(secret, "PUT")).toEqual([200, null, "served"]);
    const preflights = service.arrived.filter(({ method }) => method === "OPTIONS");
    // Traefik answers them itself.
    expect(preflights.length > 0).toBe(name !== "traefik");
    for (const { headers } of preflights) {
      expect(headers["x-latchkey-code"]).toBe("PREFLIGHT");
      expect(headers["x-latchkey-key-id"]).toBeUndefined();
    }
    const [status, code, body] = await ask("junk");
    expect([status, code]).toEqual([401, "KEY_MALFORMED"]);
    expect(JSON.parse(String(body))).toMatchObject({ code: "KEY_MALFORMED" });
    const restrictions = { referrers: ["other.example.com"] };
    const site = await makeKey(fixture.ctx, fixture.projectId, { restrictions });
    expect((await ask(site.secret)).slice(0, 2)).toEqual([403, "REFERRER_NOT_ALLOWED"]);
    await context.close();
  });
});
