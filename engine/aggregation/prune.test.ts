import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import { prune } from "./prune.ts";

test("minutes are deleted after 2 days and hours after 100, in small transactions; days are kept", async () => {
  const db = await openTestDb();
  const row = (interval: "minute" | "hour" | "day", ageDays: number, keyId: string) => ({
    interval,
    projectId: "prj_1",
    bucket: START - ageDays * DAY_MS,
    keyId,
    secretId: "sec_1",
    api: "badges",
    operation: "",
    environment: "live" as const,
    code: "VALID" as const,
    count: 1,
  });
  const kept = [row("minute", 1, "a"), row("hour", 99, "a"), row("day", 400, "a")];
  // More than one transaction takes.
  const old = Array.from({ length: 2_100 }, (_, index) => row("minute", 3, `key_${index}`));
  await db.write(async (tx) => {
    await tx.q.insert(tx.t.usage).values([...kept, row("hour", 101, "a")]);
    await tx.q.insert(tx.t.usage).values(old);
  });
  expect(await prune(db, START, null)).toBe(true);
  const { usage } = db.read.t;
  const left = await db.read.q.select({ interval: usage.interval }).from(usage);
  expect(left.map(({ interval }) => interval).sort()).toEqual(["day", "hour", "minute"]);
});

test("only old changes, records of counted segments and heartbeats are deleted", async () => {
  const db = await openTestDb();
  await db.write(async ({ q, t }) => {
    for (const [id, ageDays] of [
      ["old", 31],
      ["new", 0.5],
    ] as const) {
      const at = START - ageDays * DAY_MS;
      await q.insert(t.changes).values({ kind: "key", subject: id, at });
      await q.insert(t.journalSegments).values({ id, appliedAt: at, lines: 1 });
      await q
        .insert(t.verifiers)
        .values({ id, address: "here", version: "1", startedAt: at, lastSeenAt: at, feedSeq: 1 });
    }
  });
  expect(await prune(db, START, null)).toBe(true);
  const { q, t } = db.read;
  expect(await q.select({ id: t.changes.subject }).from(t.changes)).toEqual([{ id: "new" }]);
  expect(await q.select({ id: t.journalSegments.id }).from(t.journalSegments)).toEqual([{ id: "new" }]);
  expect(await q.select({ id: t.verifiers.id }).from(t.verifiers)).toEqual([{ id: "new" }]);
});
