import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { RequestReader } from "./request-reader.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");
const CONNECTIONS = 500;

function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const unique = (connection: number, length: number) => `${connection}`.padEnd(length, "a");

test.each([
  ["a long value", (connection: number) => `X-Pad: ${unique(connection, 16_000)}\r\n`],
  ["a long name", (connection: number) => `X-${unique(connection, 16_000)}: x\r\n`],
])("a connection keeps little of a head with %s while it is idle", async (_, header) => {
  const readers: RequestReader[] = [];
  const before = usedBytes();
  for (let connection = 0; connection < CONNECTIONS; connection++) {
    const text = `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\n${header(connection)}Content-Length: 2\r\n\r\n{}`;
    const reader = new RequestReader();
    expect(reader.read(Buffer.from(text, "latin1"), 0)?.kind).toBe("single");
    readers.push(reader);
  }
  // Polled, because the memory of buffers is freed in the background.
  await expect.poll(() => (usedBytes() - before) / readers.length).toBeLessThan(8_192);
});

test("a head of the same client is read again after a head too long to keep", () => {
  const reader = new RequestReader();
  const read = (header: string, body: string) => {
    const text = `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\n${header}Content-Length: ${body.length}\r\n\r\n${body}`;
    const head = reader.read(Buffer.from(text, "latin1"), 0);
    return [head?.headers["x-a"], text.slice(reader.bodyStart, reader.bodyEnd)];
  };
  expect(read("X-A: 1\r\n", "{}")).toEqual(["1", "{}"]);
  expect(read("X-A: 1\r\n", '{"a":1}')).toEqual(["1", '{"a":1}']);
  const long = "b".repeat(3_000);
  expect(read(`X-A: ${long}\r\n`, "{}")).toEqual([long, "{}"]);
  expect(read("X-A: 2\r\n", "[1]")).toEqual(["2", "[1]"]);
  expect(read("X-A: 2\r\n", "[]")).toEqual(["2", "[]"]);
});
