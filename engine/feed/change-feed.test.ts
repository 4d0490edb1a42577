import { gte } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { recordChange, recordChanges } from "#db/changes.ts";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase, openTestDb, testDialect } from "#test/db.ts";
import { ChangeFeed, type FeedPosition } from "./change-feed.ts";

let db: Db;
let nowMs: number;
let epochMs: number;
let lost: number;
let seen: string[];
let positions: FeedPosition[];
let feed: ChangeFeed;

beforeEach(async () => {
  db = await openTestDb();
  nowMs = 0;
  epochMs = Date.UTC(2026, 0, 1);
  lost = 0;
  seen = [];
  positions = [];
  feed = new ChangeFeed({
    db,
    clock: () => nowMs,
    now: () => epochMs,
    onChanges: (changes) => seen.push(...changes.map(({ subject }) => subject)),
    onLost: () => {
      lost++;
    },
    onApplied: (position) => positions.push(position),
  });
});

const change = (subject: string) => db.write((tx) => recordChange(tx, { kind: "key", subject }, 0));

/** Reads until no read is in progress. */
async function read(): Promise<void> {
  feed.wake();
  await feed.stop();
}

test("a reader gets each change once, in order, and confirms up to when its read began", async () => {
  await feed.start();
  await change("a");
  await change("b");
  nowMs = 700;
  await read();
  expect(seen).toEqual(["a", "b"]);
  expect(feed.confirmedAt).toBe(700);
});

test.each(["by the process's clock", "while the machine slept"])(
  "after a pause in which changes may have been pruned, %s, everything cached is dropped",
  async (how) => {
    await feed.start();
    const atStart = lost;
    if (how === "while the machine slept") epochMs += 600_001;
    else nowMs += 600_001;
    await read();
    expect(lost).toBe(atStart + 1);
  },
);

test("a failed read confirms nothing", async () => {
  const closing = await openDb(await makeTestDatabase());
  feed = new ChangeFeed({ db: closing, clock: () => nowMs, onChanges: () => {}, onLost: () => {} });
  await feed.start();
  nowMs = 900;
  await closing.close();
  await read();
  expect(feed.confirmedAt).toBe(0);
});

test("a restored database that assigns the same numbers again drops everything cached, once", async () => {
  for (const subject of ["a", "b", "c"]) await change(subject);
  await feed.start();
  const newest = feed.appliedSeq;
  const atStart = lost;
  // As if restored from a backup taken before "b": other changes get the numbers of the lost ones.
  await db.write(async ({ q, t: { changes } }) => {
    await q.delete(changes).where(gte(changes.seq, newest - 1));
    const again = (seq: number, subject: string) => ({ seq, subject, kind: "key" as const, at: 0 });
    await q.insert(changes).values([again(newest - 1, "d"), again(newest, "e"), again(newest + 1, "f")]);
  });
  feed.wake();
  await expect.poll(() => lost).toBe(atStart + 1);
  await db.write(({ q, t }) =>
    q.insert(t.changes).values({ seq: newest + 2, subject: "g", kind: "key", at: 0 }),
  );
  await read();
  expect(seen).toEqual(["g"]);
  expect(lost).toBe(atStart + 1);
});

test("an emptied feed continues with its next number", async () => {
  await change("a");
  await feed.start();
  await db.write(({ q, t }) => q.delete(t.changes));
  feed.wake();
  await expect.poll(() => feed.appliedSeq).toBe(0);
  await change("b");
  await read();
  expect(seen).toEqual(["b"]);
});

// Only on Postgres: SQLite has one writer, so numbers are committed in order.
if (testDialect() === "postgres") {
  /** Begins a change of the given number of subjects, which commits when the test calls `commit`. */
  async function lateChange(subjects = ["late"]) {
    const begun = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const done = db.write(async (tx) => {
      const changes = subjects.map((subject) => ({ kind: "key" as const, subject }));
      await recordChanges(tx, changes, 0);
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

  /** Reads the feed once more, without closing it. */
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

  test("on Postgres a reader reports the numbers it has not seen until they arrive", async () => {
    await change("before");
    await feed.start();
    const late = await lateChange();
    await change("early");
    await look();
    const { seq } = feed.position;
    expect(feed.position.gaps).toEqual([[seq - 1, seq - 1]]);
    expect(positions.at(-1)).toEqual(feed.position);
    await late.commit();
    await look();
    expect(feed.position).toEqual({ seq, gaps: [] });
    expect(positions.at(-1)).toEqual(feed.position);
  });

  test("on Postgres a change in an open transaction when the reader starts is not skipped", async () => {
    const late = await lateChange();
    await change("early");
    await feed.start();
    await late.commit();
    await look();
    expect(seen).toContain("late");
  });

  test.each(["while the reader reads", "as the reader begins"])(
    "on Postgres, thousands of changes that commit after a higher number are all read, %s",
    async (when) => {
      const subjects = Array.from({ length: 2_500 }, (_, at) => `wide ${at}`);
      if (when === "while the reader reads") await feed.start();
      const wide = await lateChange(subjects);
      const other = await lateChange(["other"]);
      await change("early");
      if (when === "as the reader begins") await feed.start();
      await look();
      await wide.commit();
      await other.commit();
      await look();
      await look();
      expect(new Set(seen)).toEqual(
        new Set([...subjects, "other", ...seen.filter((one) => one === "early")]),
      );
      expect(seen).toHaveLength(new Set(seen).size);
    },
  );

  test("on Postgres a number that was rolled back delays nothing, and is not read forever", async () => {
    await feed.start();
    const broken = db.write(async (tx) => {
      await recordChange(tx, { kind: "key", subject: "never" }, 0);
      throw new Error("rolled back");
    });
    await expect(broken).rejects.toThrow("rolled back");
    await change("early");
    await look();
    nowMs += 300_001;
    await look();
    expect(seen).toEqual(["early"]);
  });
}

test("the first change in an empty feed drops everything cached: the database may have been restored", async () => {
  await db.write((tx) => tx.q.delete(tx.t.changes));
  await feed.start();
  const atStart = lost;
  await change("restored");
  await read();
  expect(lost).toBe(atStart + 1);
  expect(seen).toEqual(["restored"]);
});
