import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { discard, readBody } from "./body.ts";

const MAX_BYTES = 100_000;

let server: Server;
let socket: Socket;
let calls: string[];

beforeEach(async () => {
  calls = [];
  server = createServer((req) => {
    // After the request has arrived, as behind the other requests of an event loop turn.
    setImmediate(() =>
      readBody(
        req,
        MAX_BYTES,
        () => calls.push("too large"),
        (body) => calls.push(`read ${body.length}: ${body.subarray(0, 5)}`),
      ),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  socket = connect((server.address() as AddressInfo).port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
});
afterEach(() => {
  socket.destroy();
  server.closeAllConnections();
  server.close();
});

const HEAD = "POST / HTTP/1.1\r\nHost: x\r\n";
const soon = () => expect.poll(() => calls.length).toBe(1);

/** Sends the first part, and the others once the server has seen the request and waits. */
async function send(first: string, ...others: string[]): Promise<void> {
  const seen = once(server, "request");
  socket.write(first);
  await seen;
  for (const part of others) {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    socket.write(part);
  }
}

test("a body is read whole, whether it comes at once, in parts or in chunks", async () => {
  for (const parts of [
    [`${HEAD}Content-Length: 5\r\n\r\nhello`],
    [`${HEAD}Content-Length: 5\r\n\r\n`, "he", "llo"],
    [`${HEAD}Content-Length: 5\r\n\r\nhell`, "o"],
    [`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`, "0\r\n\r\n"],
    [`${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n`],
  ] as [string, ...string[]][]) {
    calls = [];
    socket.destroy();
    socket = connect((server.address() as AddressInfo).port, "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    await send(...parts);
    await soon();
    expect(calls).toEqual(["read 5: hello"]);
  }
});

test("a request without a body has an empty one", async () => {
  await send(`${HEAD}\r\n`);
  await soon();
  expect(calls).toEqual(["read 0: "]);
});

test("a body of exactly the maximum is read, and a longer one is too large, reported once", async () => {
  await send(`${HEAD}Content-Length: ${MAX_BYTES}\r\n\r\nhello`, "x".repeat(MAX_BYTES - 5));
  await soon();
  expect(calls).toEqual([`read ${MAX_BYTES}: hello`]);
  calls = [];
  socket.destroy();
  socket = connect((server.address() as AddressInfo).port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  const chunk = `8000\r\n${"x".repeat(0x8000)}\r\n`;
  await send(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk}`, chunk, chunk, chunk, chunk, "0\r\n\r\n");
  await soon();
  expect(calls).toEqual(["too large"]);
});

test("little of an unread body is buffered, and only until its request is answered", async () => {
  for (const [bytes, stays] of [
    [1_000, true],
    [20_000, false],
  ] as const) {
    const closed = createServer((req) => {
      setImmediate(() => {
        discard(req);
        setImmediate(() => calls.push(req.readableLength > 0 ? "stays" : "gone"));
      });
    }).listen(0, "127.0.0.1");
    await once(closed, "listening");
    calls = [];
    const client = connect((closed.address() as AddressInfo).port, "127.0.0.1").on("error", () => {});
    client.write(`${HEAD}Content-Length: ${bytes}\r\n\r\n${"x".repeat(bytes)}`);
    await soon();
    expect(calls).toEqual([stays ? "stays" : "gone"]);
    client.destroy();
    closed.closeAllConnections();
    closed.close();
  }
});
