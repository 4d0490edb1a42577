import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { makeClock } from "#test/people.ts";
import { IN_REDIS, Peers } from "./peers.ts";

let db: Db;
const clock = makeClock();
beforeEach(async () => {
  db = await openTestDb();
});

async function beat(id: string, limits: string, startedAt: number, ago = 0) {
  const row = {
    id,
    limits,
    startedAt,
    address: "a:1",
    version: "1",
    feedSeq: 0,
    lastSeenAt: clock.now() - ago,
  };
  await db.write((tx) => tx.q.insert(tx.t.verifiers).values(row));
}
async function peersOf(id: string, limits: string) {
  const peers = new Peers(db, { id, limits }, 60, clock.now);
  await peers.refresh();
  return peers;
}

test("those who share a Redis have each their own part, and the portal that counts nowhere has none", async () => {
  await beat("ver_b", IN_REDIS, 1);
  await beat("ver_a", IN_REDIS, 2);
  await beat("ver_p", "", 0);
  expect((await peersOf("ver_a", IN_REDIS)).part).toEqual({ rank: 0, of: 2 });
  expect((await peersOf("ver_b", IN_REDIS)).part).toEqual({ rank: 1, of: 2 });
});

test("one that may still answer without its database keeps its part; one that is long gone does not", async () => {
  await beat("ver_b", IN_REDIS, 1, 59_000);
  await beat("ver_c", IN_REDIS, 1, 61_000);
  expect((await peersOf("ver_a", IN_REDIS)).part).toEqual({ rank: 0, of: 2 });
});

test("of two data directories the first counts, and the other knows that it must not", async () => {
  await beat("ver_a", "local:one", 1);
  await beat("ver_b", "local:two", 2);
  expect((await peersOf("ver_a", "local:one")).elsewhere).toBe(false);
  expect((await peersOf("ver_b", "local:two")).elsewhere).toBe(true);
  // Another process of the first's data directory, as after its restart.
  expect((await peersOf("ver_c", "local:one")).elsewhere).toBe(false);
});

test("when the first is gone the other counts", async () => {
  await beat("ver_a", "local:one", 1, 11_000);
  expect((await peersOf("ver_b", "local:two")).elsewhere).toBe(false);
});

test("where one counts in Redis, nobody counts apart from it", async () => {
  await beat("ver_b", "local:two", 1);
  await beat("ver_a", IN_REDIS, 2);
  expect((await peersOf("ver_b", "local:two")).elsewhere).toBe(true);
  expect((await peersOf("ver_a", IN_REDIS)).elsewhere).toBe(false);
});
