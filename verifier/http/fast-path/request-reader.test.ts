import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { processorTime } from "#test/processor-time.ts";
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

/** Visible ASCII, and what a key that was read before must not let through. */
const idempotencyKey = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[!-~]{1,70}$/) },
  fc.constantFrom("", " ", "a b", " a", "a ", "a\tb", "a\x80", "a\r\nX-B: 1", "a\r\n\r\n"),
);
const bodyLength = fc.oneof(
  fc.nat(20).map(String),
  fc.constantFrom("", "00", "02", "+2", "2 ", "2x", "99999999"),
);

test("a request is read the same, whatever its connection has sent before", () => {
  const sent = fc.record({ key: idempotencyKey, length: bodyLength, keyFirst: fc.boolean() });
  fc.assert(
    fc.property(fc.array(sent, { minLength: 2, maxLength: 4 }), fc.boolean(), (requests, hasKey) => {
      const used = new RequestReader();
      for (const { key, length, keyFirst } of requests) {
        const keyLine = hasKey ? `Idempotency-Key: ${key}\r\n` : "";
        const lengthLine = `Content-Length: ${length}\r\n`;
        const lines = keyFirst ? keyLine + lengthLine : lengthLine + keyLine;
        const text = `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\n${lines}X-A: 1\r\n\r\n${"x".repeat(20)}`;
        const chunk = Buffer.from(text, "latin1");
        const read = (reader: RequestReader) => {
          const head = reader.read(chunk, 0);
          if (head === null) return null;
          // Nobody reads the length: the body is cut out already.
          const { "content-length": _, ...headers } = head.headers;
          return { ...head, headers, body: [reader.bodyStart, reader.bodyEnd] };
        };
        expect(read(used)).toEqual(read(new RequestReader()));
      }
    }),
    { numRuns: 2_000 },
  );
});

test("each request of a connection has its own idempotency key", () => {
  const reader = new RequestReader();
  const keys = ["one", "two", "three"].map((key) => {
    const text = `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\nIdempotency-Key: ${key}\r\nContent-Length: 2\r\n\r\n{}`;
    return reader.read(Buffer.from(text, "latin1"), 0)?.headers["idempotency-key"];
  });
  expect(keys).toEqual(["one", "two", "three"]);
});

test("spaces within a value block nobody, and only those around it are cut off", () => {
  const reader = new RequestReader();
  const inner = `a${" ".repeat(16_000)}b`;
  const read = (value: string) => {
    const text = `GET /api/v1/gate/nginx/badges HTTP/1.1\r\nHost: x\r\nX-A:${value}\r\n\r\n`;
    return reader.read(Buffer.from(text, "latin1"), 0)?.headers["x-a"];
  };
  for (const value of ["", " ", "\t \t", " \t"]) expect(read(value)).toBe("");
  for (const value of ["a b", " a b", "a b\t ", "\t a b \t"]) expect(read(value)).toBe("a b");
  const readTen = () => {
    for (let request = 0; request < 10; request++) expect(read(`\t${inner}`)).toBe(inner);
  };
  expect(processorTime(readTen, 100)).toBeLessThan(100);
});
