import { asc } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { LastUses } from "./last-uses.ts";
import { PARTS, partOf } from "./parts.ts";

const KEYS = 3;

let db: Db;
/** In order. */
let ids: string[];
beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  const projectId = await makeProject(db, user);
  ids = [];
  for (let n = 0; n < KEYS; n++) ids.push((await makeKey(ctxOf(db, user), projectId)).key.id);
  ids.sort();
});

const stored = async () => {
  const { keys } = db.read.t;
  const rows = await db.read.q.select({ at: keys.lastUsedAt }).from(keys).orderBy(asc(keys.id));
  return rows.map(({ at }) => at && at - START);
};
const usesAt = (atMs: number, of = ids) => ({
  keyUses: of.map((id): [string, number] => [id, START + atMs]),
  secretUses: [],
});

test("few last uses are stored at once, and never moved back", async () => {
  const uses = new LastUses({ few: KEYS });
  for (const [atMs, expected] of [
    [5, 5],
    [9, 9],
    [7, 9],
  ] as const) {
    await uses.add(db, usesAt(atMs), START + atMs);
    expect(await stored()).toEqual(Array(KEYS).fill(expected));
  }
});

test("of many, the first is stored at once, and the others are at most a minute behind", async () => {
  const uses = new LastUses({ few: KEYS - 1 });
  await uses.add(db, usesAt(1), START + 1);
  expect(await stored()).toEqual(Array(KEYS).fill(1));
  const firstWait = (id: string) => MINUTE_MS - (partOf(id) * MINUTE_MS) / PARTS;
  const step = MINUTE_MS / PARTS / 2;
  for (let atMs = step; atMs < 3 * MINUTE_MS; atMs += step) {
    await uses.add(db, usesAt(atMs), START + atMs);
    for (const [at, last] of (await stored()).entries()) {
      expect(atMs - (last ?? 0)).toBeLessThan(MINUTE_MS + step);
      // The second time is spread over the minute.
      if (atMs < firstWait(ids[at] ?? "")) expect(last).toBe(1);
    }
  }
});

test("a key that is not used again is stored when its minute is over, or at the end", async () => {
  const uses = new LastUses({ few: 0 });
  await uses.add(db, usesAt(0), START);
  await uses.add(db, usesAt(10), START + 10);
  await uses.storeDue(db, START + MINUTE_MS + 10);
  expect(await stored()).toEqual(Array(KEYS).fill(10));
  await uses.add(db, usesAt(20), START + MINUTE_MS + 20);
  expect(await stored()).toEqual(Array(KEYS).fill(10));
  await uses.storeAll(db, START + MINUTE_MS + 20);
  expect(await stored()).toEqual(Array(KEYS).fill(20));
});

test("after the clock was set back, nothing waits for the time that it had", async () => {
  const uses = new LastUses({ few: 0 });
  await uses.add(db, usesAt(100 * MINUTE_MS), START + 100 * MINUTE_MS);
  await uses.add(db, usesAt(101 * MINUTE_MS), START + MINUTE_MS);
  expect(await stored()).toEqual(Array(KEYS).fill(101 * MINUTE_MS));
});

test("what could not be stored is stored by the next call", async () => {
  const uses = new LastUses({ few: 0 });
  const broken: Db = { ...db, write: () => Promise.reject(new Error("away")) };
  await expect(uses.add(broken, usesAt(1), START + 1)).rejects.toThrow("away");
  await uses.storeDue(db, START + 2);
  expect(await stored()).toEqual(Array(KEYS).fill(1));
});
