import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { makeClock } from "#test/people.ts";
import { IN_REDIS, Peers } from "./peers.ts";

let db: Db;
const clock = makeClock();
beforeEach(async () => {
  db = await openTestDb();
});

async function beat(id: string, limits: string, startedAt: number, ago = 0, cycles = 0) {
  const row = {
    id,
    limits,
    startedAt,
    address: "a:1",
    version: "1",
    feedSeq: 0,
    lastSeenAt: clock.now() - ago,
    aggregationCycles: cycles,
  };
  await db.write((tx) =>
    tx.q.insert(tx.t.verifiers).values(row).onConflictDoUpdate({ target: tx.t.verifiers.id, set: row }),
  );
}
async function peersOf(id: string, limits: string) {
  const peers = new Peers(db, { id, limits }, 60, clock.now);
  await peers.refresh();
  return peers;
}

test("verifiers that share a Redis have one share each, and the portal, which does not count, has none", async () => {
  await beat("ver_b", IN_REDIS, 1);
  await beat("ver_a", IN_REDIS, 2);
  await beat("ver_p", "", 0);
  expect((await peersOf("ver_a", IN_REDIS)).share).toEqual({ rank: 0, of: 2 });
  expect((await peersOf("ver_b", IN_REDIS)).share).toEqual({ rank: 1, of: 2 });
});

test("a verifier that may still answer without its database keeps its share, and loses it after a long absence", async () => {
  await beat("ver_b", IN_REDIS, 1, 59_000);
  await beat("ver_c", IN_REDIS, 1, 61_000);
  expect((await peersOf("ver_a", IN_REDIS)).share).toEqual({ rank: 0, of: 2 });
});

test("of two data directories the first counts, and the other knows that it must not", async () => {
  await beat("ver_a", "local:one", 1);
  await beat("ver_b", "local:two", 2);
  expect((await peersOf("ver_a", "local:one")).elsewhere).toBe(false);
  expect((await peersOf("ver_b", "local:two")).elsewhere).toBe(true);
  // Another process of the first's data directory, as after its restart.
  expect((await peersOf("ver_c", "local:one")).elsewhere).toBe(false);
});

test("counts are needed soon while one waits for them, and after another has started", async () => {
  await beat("ver_a", IN_REDIS, 1);
  await beat("ver_b", IN_REDIS, 2);
  const peers = await peersOf("ver_a", IN_REDIS);
  expect(peers.needCounts).toBe(false);
  void peers.counted();
  expect(peers.needCounts).toBe(true);
  const other = await peersOf("ver_b", IN_REDIS);
  await beat("ver_b", IN_REDIS, clock.now());
  await other.refresh();
  expect(other.needCounts).toBe(false);
  await beat("ver_c", IN_REDIS, clock.now());
  await other.refresh();
  expect(other.needCounts).toBe(true);
  clock.advance(15_000);
  await beat("ver_c", IN_REDIS, clock.now() - 15_000);
  await other.refresh();
  expect(other.needCounts).toBe(false);
});

test("when the first is gone, the other counts", async () => {
  await beat("ver_a", "local:one", 1, 11_000);
  expect((await peersOf("ver_b", "local:two")).elsewhere).toBe(false);
});

test("if one verifier counts in Redis, no other counts separately", async () => {
  await beat("ver_b", "local:two", 1);
  await beat("ver_a", IN_REDIS, 2);
  expect((await peersOf("ver_b", "local:two")).elsewhere).toBe(true);
  expect((await peersOf("ver_a", IN_REDIS)).elsewhere).toBe(false);
});

test("after an outage of the database, no verifier is considered gone until all could send a heartbeat", async () => {
  await beat("ver_a", "local:one", 1);
  const peers = await peersOf("ver_b", "local:two");
  clock.advance(60_000);
  await peers.refresh();
  expect(peers.elsewhere).toBe(true);
  clock.advance(10_000);
  await peers.refresh();
  expect(peers.elsewhere).toBe(false);
});

describe("waiting until all have counted what they answered", () => {
  /** Whether it is over, after so many times that the heartbeats are read. */
  const isOver = async (peers: Peers, waiting: Promise<void>) => {
    await peers.refresh();
    return Promise.race([waiting.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);
  };

  test("every other verifier must complete a cycle that began later, even without limits to count", async () => {
    for (const id of ["ver_a", "ver_b", "ver_p"]) await beat(id, id === "ver_p" ? "" : IN_REDIS, 1, 0, 7);
    const peers = await peersOf("ver_a", IN_REDIS);
    const waiting = peers.counted();
    expect(await isOver(peers, waiting)).toBe(false);
    for (const id of ["ver_b", "ver_p"]) await beat(id, IN_REDIS, 1, 0, 8);
    expect(await isOver(peers, waiting)).toBe(false);
    await beat("ver_b", IN_REDIS, 1, 0, 9);
    expect(await isOver(peers, waiting)).toBe(false);
    await beat("ver_p", "", 1, 0, 9);
    expect(await isOver(peers, waiting)).toBe(true);
  });

  test("begins when the others can see this verifier, and ends early for those that exit or stop sending heartbeats", async () => {
    await beat("ver_b", IN_REDIS, 1);
    await beat("ver_c", IN_REDIS, 1);
    const peers = await peersOf("ver_a", IN_REDIS);
    const waiting = peers.counted();
    await db.write((tx) => tx.q.delete(tx.t.verifiers).where(eq(tx.t.verifiers.id, "ver_c")));
    expect(await isOver(peers, waiting)).toBe(false);
    await beat("ver_a", IN_REDIS, 1);
    expect(await isOver(peers, waiting)).toBe(false);
    for (let second = 0; second < 11; second += 4) {
      clock.advance(4_000);
      await peers.refresh();
    }
    expect(await isOver(peers, waiting)).toBe(true);
  });

  test("a wait that begins during a read needs a later one", async () => {
    await beat("ver_a", IN_REDIS, 1);
    await beat("ver_b", IN_REDIS, 1, 0, 1);
    const peers = await peersOf("ver_a", IN_REDIS);
    const first = peers.counted();
    await peers.refresh();
    await beat("ver_b", IN_REDIS, 1, 0, 2);
    const second = peers.counted();
    expect(await isOver(peers, first)).toBe(false);
    await beat("ver_b", IN_REDIS, 1, 0, 3);
    expect(await isOver(peers, first)).toBe(false);
    await beat("ver_b", IN_REDIS, 1, 0, 4);
    expect(await isOver(peers, second)).toBe(true);
    await first;
  });
});
