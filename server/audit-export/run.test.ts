import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import { shared } from "../shared.ts";
import { streamOf } from "../stream.ts";
import { exportInOwnProcess, requireRoom } from "./run.ts";

const ROWS = 10_000;

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
  await db.write(async ({ q, t }) => {
    for (let first = 0; first < ROWS; first += 500) {
      await q.insert(t.audit).values(
        Array.from({ length: 500 }, (_, at) => ({
          ...{ id: `aud_${first + at}`, via: "session", actorName: "Ada", action: "key.updated" },
          ...{ projectId: "prj_1", subjectId: `key_${at}`, subjectName: "x", at: START + first + at },
        })),
      );
    }
  });
});

const running = () => shared("auditExports", () => ({ count: 0 })).count;
const order = () => ({
  databaseUrl: db.url,
  plan: { filter: { format: "jsonl" as const }, showAddress: true, untilSeq: ROWS * 2 },
});
const linesIn = (chunk: Uint8Array | undefined) =>
  Buffer.from(chunk ?? [])
    .toString()
    .split("\n").length - 1;

test("a log of many pages arrives whole, and the process is gone with it", async () => {
  let lines = 0;
  for await (const chunk of exportInOwnProcess(order())) lines += linesIn(chunk);
  expect(lines).toBe(ROWS);
  expect(running()).toBe(0);
});

test("a reader who leaves ends the process that reads the log for them", async () => {
  const reader = streamOf(exportInOwnProcess(order()), "req_test").getReader();
  expect(linesIn((await reader.read()).value)).toBeGreaterThan(0);
  expect(running()).toBe(1);
  await reader.cancel();
  await expect.poll(running).toBe(0);
});

test("who never takes a piece, as of an answer to HEAD, has no process started for them", async () => {
  const stream = streamOf(exportInOwnProcess(order()), "req_test");
  await new Promise((resolve) => setImmediate(resolve));
  expect(running()).toBe(0);
  await stream.cancel();
});

test("who takes nothing any more loses the file, and never takes a part for the whole", async () => {
  const parts = exportInOwnProcess(order(), 50);
  await parts.next();
  await expect.poll(running).toBe(0);
  const rest = async () => {
    for await (const _ of parts);
  };
  await expect(rest()).rejects.toThrow("SIGKILL");
});

test("a process that fails breaks the answer off, and the asker learns nothing of why", async () => {
  const databaseUrl =
    db.dialect === "sqlite" ? "file:/dev/null/none.db" : "postgres://user:hunter2@127.0.0.1:1/none";
  const reader = streamOf(exportInOwnProcess({ ...order(), databaseUrl }), "req_test").getReader();
  await expect(reader.read()).rejects.toThrow(/^the answer broke off$/);
  expect(running()).toBe(0);
});

test("so many files at once and no more: the next is told when to come back", async () => {
  const all = Array.from({ length: 4 }, () => exportInOwnProcess(order()));
  await Promise.all(all.map((parts) => parts.next()));
  expect(requireRoom).toThrow("Try again in half a minute");
  await expect(exportInOwnProcess(order()).next()).rejects.toMatchObject({
    code: "too-many",
    retryAfterMs: 30_000,
  });
  await Promise.all(all.map((parts) => parts.return(undefined)));
  await expect.poll(running).toBe(0);
  expect(requireRoom).not.toThrow();
});
