import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, test } from "vitest";
import { toStorable } from "./openapi.ts";
import { readDocumentBody, readOpenApi } from "./read-openapi.ts";

const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

/** A document with this many operations and about 500 bytes of each. */
const documentOf = (operations: number) => ({
  openapi: "3.1.0",
  info: { title: "Large" },
  paths: Object.fromEntries(
    Array.from({ length: operations }, (_, n) => [
      `/path-${n}`,
      { get: { operationId: `op${n}`, description: "d".repeat(400) } },
    ]),
  ),
});

test("a document that takes too long to parse is rejected, and the next one is parsed", async () => {
  const text = JSON.stringify(documentOf(3_000));
  await expect(readOpenApi(text, { timeoutMs: 1, memory })).rejects.toMatchObject({
    code: "invalid",
    errors: [{ message: expect.stringContaining("too long") }],
  });
  expect((await readOpenApi(text)).summary.operations).toHaveLength(3_000);
});

test("a document that takes too much memory is rejected, the process survives, and the next one is parsed", async () => {
  const text = JSON.stringify(documentOf(5_000));
  const small = { maxOldGenerationSizeMb: 12, maxYoungGenerationSizeMb: 2 };
  await expect(readOpenApi(text, { timeoutMs: 30_000, memory: small })).rejects.toMatchObject({
    code: "invalid",
    errors: [{ message: expect.stringContaining("too much memory") }],
  });
  expect((await readOpenApi(text)).summary.operations).toHaveLength(5_000);
});

test("at most five documents wait; others are asked to try again later", async () => {
  const text = JSON.stringify(documentOf(200));
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => readOpenApi(text)));
  const rejected = results.filter((result) => result.status === "rejected");
  expect(rejected.length).toBe(3);
  expect(rejected[0]?.reason).toMatchObject({ code: "too-many", retryAfterMs: 60_000 });
});

test("a body with a document of 16 MiB as an object is parsed without blocking the event loop", async () => {
  const openapi = documentOf(32_000);
  const bytes = new TextEncoder().encode(JSON.stringify({ slug: "large", openapi }));
  expect(bytes.length).toBeGreaterThan(14 * 1_048_576);
  const started = performance.now();
  JSON.parse(new TextDecoder().decode(bytes));
  const directMs = performance.now() - started;
  // Other programs may delay one attempt; parsing here would delay each.
  const delays = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const body = await readDocumentBody(bytes);
    delay.disable();
    expect(body?.fields).toEqual({ slug: "large" });
    expect(body?.openapi).toBe(JSON.stringify(openapi));
    delays.push(delay.max / 1e6);
  }
  expect(Math.min(...delays)).toBeLessThan(Math.max(60, directMs));
});

test("a large body that is not a JSON object in UTF-8 gives null", async () => {
  for (const text of ["[1]", "nonsense", '"text"']) {
    expect(await readDocumentBody(new TextEncoder().encode(text))).toBeNull();
  }
  expect(await readDocumentBody(new Uint8Array([0x7b, 0xff, 0x7d]))).toBeNull();
});

test("a short text whose aliases expand to megabytes does not block the event loop", async () => {
  const tenOf = (name: string) => `[${Array.from({ length: 10 }, () => `*${name}`).join(", ")}]`;
  const text = `openapi: 3.1.0
info: { title: Small }
paths: {}
x-a: &a ${"a".repeat(3_000)}
x-b: &b ${tenOf("a")}
x-c: &c ${tenOf("b")}
x-d: &d ${tenOf("c")}
x-e: ${tenOf("d")}
`;
  const started = performance.now();
  expect(toStorable(text).json.length).toBeGreaterThan(30_000_000);
  const directMs = performance.now() - started;
  const askedAt = performance.now();
  const reading = readOpenApi(text);
  expect(performance.now() - askedAt).toBeLessThan(directMs / 2);
  expect((await reading).summary.name).toBe("Small");
});
