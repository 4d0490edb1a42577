import { expect, test } from "vitest";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { BatchReader } from "./batch-reader.ts";

/** A reader over a database whose responses the test controls. */
function slowReader(limits: {
  maxConcurrent: number;
  maxKeys: number;
  maxWaiting: number;
  minIntervalMs?: number;
}) {
  const statements: { keys: string[]; answer: (found: Map<string, string>) => void }[] = [];
  const reader = new BatchReader<string>({
    minIntervalMs: 0,
    ...limits,
    readMany: (keys) => new Promise((answer) => statements.push({ keys, answer })),
  });
  const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { reader, statements, nextTurn };
}

test("reads in one event loop iteration share a statement, and each gets its own result or null", async () => {
  const { reader, statements, nextTurn } = slowReader({ maxConcurrent: 4, maxKeys: 10, maxWaiting: 10 });
  const all = Promise.all(["a", "b", "c"].map((key) => reader.read(key)));
  await nextTurn();
  expect(statements.map(({ keys }) => keys)).toEqual([["a", "b", "c"]]);
  statements[0]?.answer(
    new Map([
      ["c", "C"],
      ["a", "A"],
    ]),
  );
  expect(await all).toEqual(["A", null, "C"]);
});

test("a single key is read at once, and keys that follow soon share a statement", async () => {
  const { reader, statements, nextTurn } = slowReader({
    maxConcurrent: 4,
    maxKeys: 10,
    maxWaiting: 10,
    minIntervalMs: 40,
  });
  const first = reader.read("a");
  await nextTurn();
  const startedAt = performance.now();
  expect(statements.map(({ keys }) => keys)).toEqual([["a"]]);
  const later = ["b", "c"].map((key) => nextTurn().then(() => reader.read(key)));
  while (statements.length < 2) await nextTurn();
  expect(performance.now() - startedAt).toBeGreaterThan(20);
  expect(statements[1]?.keys).toEqual(["b", "c"]);
  for (const { answer } of statements) answer(new Map());
  expect(await Promise.all([first, ...later])).toEqual([null, null, null]);
});

test("keys per statement, concurrent statements and waiting keys are bounded", async () => {
  const { reader, statements, nextTurn } = slowReader({ maxConcurrent: 2, maxKeys: 3, maxWaiting: 8 });
  const settled = Promise.allSettled(Array.from({ length: 10 }, (_, n) => reader.read(String(n))));
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  expect(statements.map(({ keys }) => keys.length)).toEqual([3, 3]);
  for (let at = 0; at < 3; at++) {
    const { keys = [], answer } = statements[at] ?? {};
    answer?.(new Map(keys.map((key) => [key, key])));
    await nextTurn();
    await nextTurn();
  }
  const results = await settled;
  expect(statements.map(({ keys }) => keys.length)).toEqual([3, 3, 2]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  for (const result of results.slice(8)) {
    expect(result).toMatchObject({ status: "rejected", reason: expect.any(VerdictUnavailable) });
  }
});

test("a failed statement fails all reads that waited for it, and none after it", async () => {
  let fails = true;
  const reader = new BatchReader<string>({
    maxConcurrent: 1,
    maxKeys: 10,
    maxWaiting: 10,
    minIntervalMs: 0,
    readMany: async (keys) => {
      if (fails) throw new Error("away");
      return new Map(keys.map((key) => [key, key]));
    },
  });
  const both = await Promise.allSettled([reader.read("a"), reader.read("b")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  expect(await reader.read("a")).toBe("a");
});
