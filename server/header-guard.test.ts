import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { parseSettings } from "#platform/settings.ts";
import { headerGuard, ownOrigin } from "./header-guard.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** What Next would see of a request with these headers. */
async function seenHeaders(
  sent: Record<string, string>,
  env: Record<string, string> = {},
  { dev = false } = {},
): Promise<Record<string, string>> {
  const publicHost = env.LATCHKEY_URL && new URL(env.LATCHKEY_URL).host;
  const guard = headerGuard(parseSettings(env), publicHost, { dev });
  server = createServer((req, res) => {
    guard(req);
    res.end(JSON.stringify(req.headers));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ port, host: "127.0.0.1", headers: sent }).end();
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return JSON.parse(await text(answer));
}

const forged = {
  "X-Latchkey-Client-IP": "203.0.113.66",
  "X-Forwarded-For": "203.0.113.66",
  "X-Forwarded-Host": "evil.example",
  "X-Forwarded-Proto": "https",
  "X-Real-Ip": "203.0.113.66",
  Forwarded: "for=203.0.113.66",
  "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy",
  "X-Nonce": "mine",
};

test("headers that only a proxy or Next may set are not accepted from a client", async () => {
  const seen = await seenHeaders({ ...forged, "X-Own": "kept" });
  expect(seen["x-latchkey-client-ip"]).toBe("127.0.0.1");
  expect(JSON.stringify(seen)).not.toContain("203.0.113.66");
  expect(JSON.stringify(seen)).not.toContain("evil.example");
  expect(seen["x-middleware-subrequest"]).toBeUndefined();
  expect(seen["x-nonce"]).toBeUndefined();
  expect(seen["x-own"]).toBe("kept");
});

test("only the development server gets the names of a page and its request, without which the page waits forever", async () => {
  const names = { "x-nextjs-request-id": "384aef42", "x-nextjs-html-request-id": "12ab34cd" };
  const sent = { ...forged, ...names, "X-Nextjs-Data": "1" };
  expect(JSON.stringify(await seenHeaders(sent))).not.toContain("x-nextjs");
  server?.close();
  const seen = await seenHeaders(sent, {}, { dev: true });
  expect(seen).toMatchObject(names);
  for (const name of ["x-nextjs-data", "x-middleware-subrequest", "x-nonce"])
    expect(seen).not.toHaveProperty(name);
});

test("a trusted proxy may state the client and protocol; its internal headers count no more than a client's", async () => {
  const seen = await seenHeaders(forged, { LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" });
  expect(seen["x-latchkey-client-ip"]).toBe("203.0.113.66");
  expect(seen["x-forwarded-host"]).toBe("evil.example");
  expect(seen["x-middleware-subrequest"]).toBeUndefined();
});

test("only the portal can mark a request as coming from an untrusted proxy", async () => {
  const name = "x-latchkey-untrusted-proxy";
  expect((await seenHeaders({ "X-Forwarded-For": "203.0.113.66" }))[name]).toBe("1");
  expect((await seenHeaders({ [name]: "1" }))[name]).toBeUndefined();
  const trusting = { LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" };
  expect((await seenHeaders({ "X-Forwarded-For": "203.0.113.66" }, trusting))[name]).toBeUndefined();
});

test("if a public URL is set, it applies regardless of who forwards the request", async () => {
  const env = { LATCHKEY_URL: "https://keys.example.com", LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" };
  const seen = await seenHeaders(forged, env);
  expect(seen["x-forwarded-host"]).toBe("keys.example.com");
  expect(seen["x-forwarded-proto"]).toBe("https");
});

test("a request of the server to itself keeps the client's IP address and host, and nobody else can send one", async () => {
  const settings = parseSettings({ LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" });
  const guard = headerGuard(settings, undefined);
  const pass = (headers: Record<string, string>) => {
    guard({ headers, socket: { remoteAddress: "127.0.0.1" } });
    return headers;
  };
  const first = pass({ host: "keys.example.com", "x-forwarded-for": "203.0.113.66", "x-own": "kept" });
  expect(first["x-latchkey-client-ip"]).toBe("203.0.113.66");
  // As Next copies them; it may reach this server through a proxy that adds its own address.
  const again = { ...first, host: "127.0.0.1:3000", "x-forwarded-for": "198.51.100.9", "x-nonce": "old" };
  expect(pass({ ...again })).toMatchObject({
    "x-latchkey-client-ip": "203.0.113.66",
    host: "keys.example.com",
    "x-own": "kept",
  });
  expect(pass({ ...again })).not.toHaveProperty("x-nonce");
  const names = Object.keys(first).filter((name) => /^x-latchkey-own/.test(name));
  expect(names).toHaveLength(1);
  const name = String(names[0]);
  for (const forgery of ["", "undefined", "x".repeat(43), `${first[name]}x`])
    expect(pass({ ...again, [name]: forgery })["x-latchkey-client-ip"]).toBe("198.51.100.9");
  // Another process, or the same after a restart.
  const other = headerGuard(settings, undefined);
  const headers: Record<string, string> = { ...again };
  other({ headers, socket: { remoteAddress: "192.0.2.1" } });
  expect(headers["x-latchkey-client-ip"]).toBe("192.0.2.1");
});

test("the server reaches itself at the address that it listens on", () => {
  const at = (address: string, family = "IPv4") => ownOrigin({ address, family, port: 3000 });
  expect(at("0.0.0.0")).toBe("http://127.0.0.1:3000");
  expect(at("::", "IPv6")).toBe("http://127.0.0.1:3000");
  expect(at("10.1.2.3")).toBe("http://10.1.2.3:3000");
  expect(at("fd00::1", "IPv6")).toBe("http://[fd00::1]:3000");
});
