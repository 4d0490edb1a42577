import { beforeEach, expect, test } from "vitest";
import { recordChange } from "#db/changes.ts";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase, openTestDb, testDialect } from "#test/db.ts";
import { ChangeFeed } from "./feed.ts";

let db: Db;
let nowMs: number;
let epochMs: number;
let lost: number;
let seen: string[];
let feed: ChangeFeed;

beforeEach(async () => {
  db = await openTestDb();
  nowMs = 0;
  epochMs = Date.UTC(2026, 0, 1);
  lost = 0;
  seen = [];
  feed = new ChangeFeed({
    db,
    clock: () => nowMs,
    now: () => epochMs,
    onChanges: (changes) => seen.push(...changes.map(({ subject }) => subject)),
    onLost: () => {
      lost++;
    },
  });
});

const change = (subject: string) => db.write((tx) => recordChange(tx, { kind: "key", subject }, 0));

/** Reads until nothing is under way. */
async function read(): Promise<void> {
  feed.wake();
  await feed.stop();
}

test("a reader learns each change once, in order, and confirms from when its read began", async () => {
  await feed.start();
  await change("a");
  await change("b");
  nowMs = 700;
  await read();
  expect(seen).toEqual(["a", "b"]);
  expect(feed.confirmedAt).toBe(700);
});

test.each(["by the process's clock", "while the machine slept"])(
  "after longer without a read than changes are kept for certain, %s, all is forgotten",
  async (how) => {
    await feed.start();
    const atStart = lost;
    if (how === "while the machine slept") epochMs += 600_001;
    else nowMs += 600_001;
    await read();
    expect(lost).toBe(atStart + 1);
  },
);

test("a database that can't be read confirms nothing", async () => {
  const closing = await openDb(await makeTestDatabase());
  feed = new ChangeFeed({ db: closing, clock: () => nowMs, onChanges: () => {}, onLost: () => {} });
  await feed.start();
  nowMs = 900;
  await closing.close();
  await read();
  expect(feed.confirmedAt).toBe(0);
});

// SQLite has one writer: there, numbers are committed in their order.
if (testDialect() === "postgres") {
  /** Begins a change that commits only when told to. */
  async function lateChange() {
    const begun = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const done = db.write(async (tx) => {
      await recordChange(tx, { kind: "key", subject: "late" }, 0);
      begun.resolve();
      await commit.promise;
    });
    await begun.promise;
    return {
      async commit() {
        commit.resolve();
        await done;
      },
    };
  }

  /** One more look at the feed, without ending it. */
  async function look(): Promise<void> {
    const before = feed.confirmedAt;
    nowMs++;
    feed.wake();
    await expect.poll(() => feed.confirmedAt, { interval: 5, timeout: 10_000 }).toBeGreaterThan(before);
  }

  test("on Postgres a change that commits after a higher number is not skipped", async () => {
    await feed.start();
    const late = await lateChange();
    await change("early");
    await look();
    expect(seen).toEqual(["early"]);
    await late.commit();
    await look();
    expect(seen).toEqual(["early", "late"]);
  });

  test("on Postgres a change that was under way when the reader began is not skipped", async () => {
    const late = await lateChange();
    await change("early");
    await feed.start();
    await late.commit();
    await look();
    expect(seen).toContain("late");
  });
}
