import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fetchJson, fetchLimited } from "./fetch-limited.ts";

const LIMITS = { timeoutMs: 10_000, maxBytes: 1_000 };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a response keeps its status, headers and body; one of 204 has none", async () => {
  const url = await serve(({ url, headers }, response) => {
    if (url === "/empty") response.writeHead(204).end();
    else response.writeHead(404, { "x-seen": headers["x-sent"] }).end("no");
  });
  const response = await fetchLimited(url, { ...LIMITS, headers: { "x-sent": "1" } });
  expect([response.status, response.headers.get("x-seen"), await response.text()]).toEqual([404, "1", "no"]);
  expect((await fetchLimited(`${url}/empty`, LIMITS)).status).toBe(204);
});

test("a body that never ends is not read beyond the limit, and its connection is closed", async () => {
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const url = await serve((request, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(100, 0x20)));
      response.once("drain", more);
    };
    more();
    request.socket.on("close", closed);
  });
  await expect(fetchLimited(url, LIMITS)).rejects.toThrow("too large");
  await isClosed;
});

test("the time limit covers the body", async () => {
  const url = await serve((_, response) => response.write("["));
  await expect(fetchJson(url, { ...LIMITS, timeoutMs: 50 })).rejects.toMatchObject({ name: "TimeoutError" });
});

test("no redirect is followed", async () => {
  const url = await serve((_, response) => response.writeHead(302, { location: "/other" }).end("{}"));
  await expect(fetchJson(url, LIMITS)).rejects.toThrow();
});

test("an error repeats nothing of what was received", async () => {
  const url = await serve(({ url }, response) => response.writeHead(url === "/a" ? 500 : 200).end("hunter2"));
  await expect(fetchJson(`${url}/a`, LIMITS)).rejects.toThrow(/^it answers 500$/);
  await expect(fetchJson(`${url}/b`, LIMITS)).rejects.toThrow(/^its response is not JSON$/);
});
