import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { admit } from "./gate.ts";

let server: Server;
beforeEach(async () => {
  server = createServer((req, res) => {
    if (admit(req, res)) res.end();
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

test("methods of the web get in, others are told which those are", async () => {
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    expect((await ask(method, "/")).statusCode).toBe(200);
  }
  for (const method of ["TRACE", "PROPFIND"]) {
    const answer = await ask(method, "/");
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
});

test("a path that can't be decoded is a bad request, not a fault of ours", async () => {
  expect((await ask("GET", "/projects/%ff")).statusCode).toBe(400);
  expect((await ask("GET", "/projects/%20?q=%ff")).statusCode).toBe(200);
});
