import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import { toStream } from "../file-responses.ts";
import { exportInOwnProcess, requireExportSlot } from "./start.ts";

const ROWS = 10_000;

// Exports only read.
let db: Db;
beforeAll(async () => {
  db = await openTestDb();
  await db.write(async ({ q, t }) => {
    for (let first = 0; first < ROWS; first += 500) {
      await q.insert(t.audit).values(
        Array.from({ length: 500 }, (_, at) => ({
          id: `aud_${first + at}`,
          via: "session",
          actorName: "Ada",
          action: "key.updated",
          projectId: "prj_1",
          subjectId: `key_${at}`,
          subjectName: "x",
          at: START + first + at,
        })),
      );
    }
  });
});

const running = () => processSingleton("auditExports", () => [] as string[]).length;
const input = () => ({
  databaseUrl: db.url,
  plan: { filter: { format: "jsonl" as const }, showIpAddress: true, untilSeq: ROWS * 2 },
});
const linesIn = (chunk: Uint8Array | undefined) =>
  Buffer.from(chunk ?? [])
    .toString()
    .split("\n").length - 1;

test("a log of many pages arrives completely, and the process ends with it", async () => {
  let lines = 0;
  for await (const chunk of exportInOwnProcess(input(), "usr_1")) lines += linesIn(chunk);
  expect(lines).toBe(ROWS);
  expect(running()).toBe(0);
});

test("a reader who disconnects ends the process that reads the log for them", async () => {
  const reader = toStream(exportInOwnProcess(input(), "usr_1"), "req_test").getReader();
  expect(linesIn((await reader.read()).value)).toBeGreaterThan(0);
  expect(running()).toBe(1);
  await reader.cancel();
  await expect.poll(running).toBe(0);
});

test("a response that is never read, such as for HEAD, starts no process", async () => {
  const stream = toStream(exportInOwnProcess(input(), "usr_1"), "req_test");
  await new Promise((resolve) => setImmediate(resolve));
  expect(running()).toBe(0);
  await stream.cancel();
});

test("a reader who stops reading loses the file, and never gets a part as the whole", async () => {
  const parts = exportInOwnProcess(input(), "usr_1", 50);
  await parts.next();
  await expect.poll(running).toBe(0);
  const rest = async () => {
    for await (const _ of parts);
  };
  await expect(rest()).rejects.toThrow("SIGKILL");
});

test("a process that fails aborts the response, without revealing the reason", async () => {
  const databaseUrl =
    db.dialect === "sqlite" ? "file:/dev/null/none.db" : "postgres://user:hunter2@127.0.0.1:1/none";
  const reader = toStream(exportInOwnProcess({ ...input(), databaseUrl }, "usr_1"), "req_test").getReader();
  await expect(reader.read()).rejects.toThrow(/^the response was aborted$/);
  expect(running()).toBe(0);
});

test("the number of exports at once is limited: the next caller gets a time to try again", async () => {
  const all = Array.from({ length: 4 }, (_, at) => exportInOwnProcess(input(), `usr_${at}`));
  await Promise.all(all.map((parts) => parts.next()));
  expect(() => requireExportSlot("usr_9")).toThrow("Other exports are running. Try again in half a minute");
  await expect(exportInOwnProcess(input(), "usr_9").next()).rejects.toMatchObject({
    code: "too-many",
    retryAfterMs: 30_000,
  });
  await Promise.all(all.map((parts) => parts.return(undefined)));
  await expect.poll(running).toBe(0);
  expect(() => requireExportSlot("usr_9")).not.toThrow();
});

test("one caller, however slowly they read, does not block the exports of others", async () => {
  const slow = Array.from({ length: 2 }, () => exportInOwnProcess(input(), "usr_slow"));
  await Promise.all(slow.map((parts) => parts.next()));
  expect(() => requireExportSlot("usr_slow")).toThrow("Your other exports are running");
  const other = exportInOwnProcess(input(), "usr_other");
  expect(linesIn((await other.next()).value as Uint8Array)).toBeGreaterThan(0);
  await Promise.all([...slow, other].map((parts) => parts.return(undefined)));
  await expect.poll(running).toBe(0);
  expect(() => requireExportSlot("usr_slow")).not.toThrow();
});
