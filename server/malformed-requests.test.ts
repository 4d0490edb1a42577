import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rejectMalformedRequest } from "./malformed-requests.ts";

let server: Server;
beforeEach(async () => {
  server = createServer((req, res) => {
    if (!rejectMalformedRequest(req, res)) res.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => server.close());

async function ask(method: string, path: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const [answer] = (await once(request({ port, host: "127.0.0.1", method, path }).end(), "response")) as [
    IncomingMessage,
  ];
  answer.resume();
  return answer;
}

test("the methods of the web are accepted, and others get the list of them", async () => {
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    expect((await ask(method, "/")).statusCode).toBe(200);
  }
  for (const method of ["TRACE", "PROPFIND"]) {
    const answer = await ask(method, "/");
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
});

test("a path that can't be decoded is a bad request, not a server error", async () => {
  expect((await ask("GET", "/projects/%ff")).statusCode).toBe(400);
  expect((await ask("GET", "/projects/%20?q=%ff")).statusCode).toBe(200);
});

test("a router state that Next can't read is a bad request, and so is its image optimizer", async () => {
  const { port } = server.address() as AddressInfo;
  const status = async (path: string, tree: string) => {
    const headers = { "Next-Router-State-Tree": tree };
    return (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
  };
  const whole = encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null,16]');
  expect(await status("/", whole)).toBe(200);
  for (const tree of ["%7Bbad", "%ff", "[1,2]", "null", "x".repeat(50), `["",${"[".repeat(9_000)}`]) {
    expect(await status("/", tree), tree.slice(0, 20)).toBe(400);
  }
  expect(await status("/_next/image?url=%2f", whole)).toBe(404);
});

test("a page URL with a segment too long for an id is not found; gateway URLs may be longer", async () => {
  expect((await ask("GET", `/projects/${"a".repeat(201)}`)).statusCode).toBe(404);
  expect((await ask("GET", `/api/v1/gate/nginx/badges/${"a".repeat(2_000)}`)).statusCode).toBe(200);
});

test("a callback URL that next-auth can't read is a bad request", async () => {
  const { port } = server.address() as AddressInfo;
  const status = async (query: string, cookie = "") => {
    const headers = { Cookie: cookie };
    return (await fetch(`http://127.0.0.1:${port}/api/auth/csrf${query}`, { headers })).status;
  };
  expect(await status("?callbackUrl=%2Fprojects")).toBe(200);
  expect(await status("", "latchkey.callback=https%3A%2F%2Fkeys.example.com")).toBe(200);
  for (const bad of ["a.a.a", "javascript:alert(1)", "http://[::1", "//"]) {
    expect(await status(`?callbackUrl=${encodeURIComponent(bad)}`), bad).toBe(400);
  }
  expect(await status("", "a=b; __Host-latchkey.callback=x")).toBe(400);
  expect(await status("", "latchkey.callback=%ff")).toBe(400);
});
