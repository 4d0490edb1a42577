import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { log } from "./log.ts";
import { rejectMalformedRequest } from "./malformed-requests.ts";
import { problemResponse } from "./problem.ts";
import { answerNotFound, currentRequestId, withRequestId } from "./request-scope.ts";

afterEach(() => vi.restoreAllMocks());

test("the request id in a response finds every log line of its request, and no other's", async () => {
  let printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  const server = createServer((req, res) =>
    withRequestId(res, async () => {
      if (rejectMalformedRequest(req, res)) return;
      // As in Next: time passes, and other requests arrive.
      await new Promise((resolve) => setImmediate(resolve));
      log.warn({ path: req.url }, "on the way");
      const response = problemResponse(new Error("boom"), currentRequestId());
      res.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const responses = await Promise.all(
    ["a", "b", "c"].map(async (name) => {
      const response = await fetch(`${url}/${name}`, { headers: { "X-Request-Id": "req_forged" } });
      const id = response.headers.get("x-request-id");
      expect((await response.json()).requestId).toBe(id);
      return { name, id };
    }),
  );
  const rejected = await fetch(`${url}/%zz`);
  expect((await rejected.json()).requestId).toBe(rejected.headers.get("x-request-id"));
  server.close();

  const lines = printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(new Set(responses.map(({ id }) => id)).size).toBe(3);
  for (const { name, id } of responses) {
    const own = lines.filter(({ requestId }) => requestId === id);
    expect(own).toHaveLength(2);
    expect(own[0]).toMatchObject({ path: `/${name}`, level: "warn", name: "portal" });
    expect(own[1]).toMatchObject({ err: { message: "boom" }, level: "error" });
  }
  expect(printed).not.toContain("forged");
});

test("a page for a missing URL is sent with 404, but neither the result of its action nor another request's page", async () => {
  const server = createServer((req, res) =>
    withRequestId(res, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (req.url === "/missing") answerNotFound();
      res.end("the page");
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const statusOf = async (path: string, init?: RequestInit) => {
    const response = await fetch(url + path, init);
    expect(await response.text()).toBe("the page");
    return response.status;
  };
  const action = { method: "POST", headers: { "Next-Action": "x" } };
  const requests = [statusOf("/missing"), statusOf("/there"), statusOf("/missing", action)];
  expect(await Promise.all(requests)).toEqual([404, 200, 200]);
  server.close();
});
