import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BodyBudget, FREE_BODY_BYTES } from "./body-budget.ts";
import { MAX_BODY_BYTES, MAX_DOCUMENT_BODY_BYTES, maxBodyBytesOf, rejectLargeBody } from "./body-limit.ts";

const MAX_BYTES = 1000;
let server: Server;
let port: number;
let handled = 0;
beforeEach(async () => {
  handled = 0;
  server = createServer((req, res) => {
    if (rejectLargeBody(req, res, MAX_BYTES)) return;
    req.resume().once("end", () => {
      handled += 1;
      res.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(() => server.close());

/** The response's status; the server may close the connection while the client still sends. */
async function statusOf(headers: Record<string, string>, chunks: string[]): Promise<number | undefined> {
  const outgoing = request({ port, host: "127.0.0.1", method: "POST", headers });
  outgoing.on("error", () => {});
  const response = once(outgoing, "response") as Promise<[IncomingMessage]>;
  for (const chunk of chunks) outgoing.write(chunk);
  outgoing.end();
  const [answer] = await response;
  answer.resume();
  return answer.statusCode;
}

test("a body up to the limit is accepted, in one chunk or several", async () => {
  expect(await statusOf({ "Content-Length": "1000" }, ["a".repeat(1000)])).toBe(200);
  expect(await statusOf({ "Transfer-Encoding": "chunked" }, ["a".repeat(500), "b".repeat(500)])).toBe(200);
  expect(handled).toBe(2);
});

test("a body whose declared length exceeds the limit is rejected before it is read", async () => {
  expect(await statusOf({ "Content-Length": "1001" }, [])).toBe(413);
  expect(handled).toBe(0);
});

test("a body that turns out larger is rejected while it arrives, and never handled", async () => {
  const chunks = Array.from({ length: 4 }, () => "a".repeat(400));
  expect(await statusOf({ "Transfer-Encoding": "chunked" }, chunks)).toBe(413);
  expect(handled).toBe(0);
});

test.each([
  ["/api/v1/apis", MAX_DOCUMENT_BODY_BYTES],
  ["/api/v1/apis/badges?x", MAX_DOCUMENT_BODY_BYTES],
  ["/api/documents", MAX_DOCUMENT_BODY_BYTES],
  ["/api/v1/apis/badges/more", MAX_BODY_BYTES],
  ["/api/v1/projects", MAX_BODY_BYTES],
  ["/admin/apis/new", MAX_BODY_BYTES],
])("%s takes %d bytes", (url, cap) => expect(maxBodyBytesOf({ url })).toBe(cap));

describe("bodies in memory", () => {
  const MIB = 1_048_576;
  const LARGE = 300_000;
  let budget: BodyBudget;
  let open: Server;

  beforeEach(async () => {
    budget = new BodyBudget({ totalBytes: MIB, callerBytes: MIB / 2 });
    open = createServer((req, res) => {
      const caller = String(req.headers.from);
      if (rejectLargeBody(req, res, MIB, { budget, caller })) return;
      req.resume().once("end", () => res.end());
    }).listen(0, "127.0.0.1");
    await once(open, "listening");
    port = (open.address() as AddressInfo).port;
  });
  afterEach(() => {
    open.closeAllConnections();
    open.close();
  });

  /** A body whose last byte never arrives. */
  async function hang(from: string): Promise<void> {
    const before = budget.heldBytes;
    const headers = { From: from, "Content-Length": String(LARGE + 1) };
    const outgoing = request({ port, host: "127.0.0.1", method: "POST", headers });
    outgoing.on("error", () => {}).write("a".repeat(LARGE));
    await expect.poll(() => budget.heldBytes).toBe(before + LARGE - FREE_BODY_BYTES);
  }
  const send = (from: string, bytes: number, chunked = false) =>
    statusOf(
      {
        From: from,
        ...(chunked ? { "Transfer-Encoding": "chunked" } : { "Content-Length": String(bytes) }),
      },
      ["a".repeat(bytes)],
    );

  test("are limited per caller and in total; small ones always pass, and finished ones no longer count", async () => {
    await hang("first");
    await hang("first");
    for (const chunked of [false, true]) expect(await send("first", LARGE, chunked)).toBe(503);
    expect(await send("first", FREE_BODY_BYTES)).toBe(200);
    await hang("second");
    await hang("second");
    expect(await send("third", LARGE)).toBe(503);
    expect(await send("third", FREE_BODY_BYTES, true)).toBe(200);
    open.closeAllConnections();
    await expect.poll(() => budget.heldBytes).toBe(0);
    expect(await send("first", LARGE)).toBe(200);
    await expect.poll(() => budget.heldBytes).toBe(0);
  });
});
