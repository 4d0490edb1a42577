import { asc } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { LastUses } from "./last-uses.ts";

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

/** Uses all keys every half minute. Returns how often the last use of each was stored, and how far it was behind at most, ms. */
async function useFor(uses: LastUses, minutes: number): Promise<{ times: number[]; behindMs: number }> {
  const times = ids.map(() => new Set<number | null>());
  let behindMs = 0;
  for (let atMs = 0; atMs <= minutes * MINUTE_MS; atMs += STEP_MS) {
    await uses.add(db, usesAt(atMs), START + atMs);
    for (const [at, last] of (await stored()).entries()) {
      times[at]?.add(last);
      behindMs = Math.max(behindMs, atMs - (last ?? 0));
    }
  }
  return { times: times.map(({ size }) => size), behindMs };
}
const STEP_MS = MINUTE_MS / 2;

test("of many, the first is stored at once, and then once a minute", async () => {
  const { times, behindMs } = await useFor(new LastUses({ few: KEYS - 1 }), 5);
  expect(times).toEqual(Array(KEYS).fill(1 + 5));
  expect(behindMs).toBeLessThan(MINUTE_MS + STEP_MS);
});

test("of so many that a minute would be too often, each is stored once in a longer interval", async () => {
  const minutes = 4;
  const uses = new LastUses({ few: 0, maxPerSecond: KEYS / (minutes * 60 - 1) });
  const { times, behindMs } = await useFor(uses, 5 * minutes);
  expect(times).toEqual(Array(KEYS).fill(1 + 5));
  expect(behindMs).toBeGreaterThan(MINUTE_MS);
  expect(behindMs).toBeLessThan(minutes * MINUTE_MS + STEP_MS);
});

test("the first use of a key is stored at once, even if it shares its slot with another", async () => {
  const uses = new LastUses({ few: 0, slots: 1 });
  for (const [at, id] of ids.entries()) await uses.add(db, usesAt(at + 1, [id]), START + at + 1);
  expect(await stored()).toEqual([1, 2, 3]);
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
