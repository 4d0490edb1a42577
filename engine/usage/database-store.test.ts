import { sql } from "drizzle-orm";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { type Db, openDb, type Tx } from "#db/open.ts";
import { makeTestDatabase, openTestDb, testDialect } from "#test/db.ts";
import { START } from "#test/people.ts";
import { countedChecks, usageRows } from "#test/usage.ts";
import { prune } from "../aggregation/prune.ts";
import type { UsageRow } from "../aggregation/usage-rows.ts";
import { MAX_COUNT } from "./add-counts.ts";
import { moveOldUsage } from "./move-old-rows.ts";
import { createPartitionsAhead, dropPartitionsBefore, partitionsReachTo } from "./partitions.ts";
import { addUsage, sumUsage } from "./store.ts";

let db: Db;

beforeEach(async () => {
  db = await openTestDb();
});

type Labels = Partial<{ keyId: string; projectId: string; operation: string; code: string }>;

/** A request at `atMs`, in all three intervals. */
function rowsAt(atMs: number, labels: Labels = {}, count = 1): UsageRow[] {
  const { keyId = "key_1", projectId = "prj_1", operation = "", code = "VALID" } = labels;
  const rest = [keyId, "sec_1", "badges", operation, "live", code, count, 2 * count] as const;
  return [
    ["minute", projectId, startOf(MINUTE_MS, atMs), ...rest],
    ["hour", projectId, startOf(HOUR_MS, atMs), ...rest],
    ["day", projectId, startOf(DAY_MS, atMs), ...rest],
  ];
}

const add = (...rows: UsageRow[]) => db.write((tx) => addUsage(tx, { id: "batch", rows }));

/** As a process of an earlier version counts. */
async function addOld({ q, t: { usage } }: Tx, rows: UsageRow[]): Promise<void> {
  const values = rows.map(
    ([interval, projectId, bucket, keyId, secretId, api, operation, , code, count, units]) => ({
      interval,
      projectId,
      bucket,
      keyId,
      secretId,
      api,
      operation,
      count,
      units,
      environment: "live" as const,
      code: code as "VALID",
    }),
  );
  await q
    .insert(usage)
    .values(values)
    .onConflictDoUpdate({
      target: [
        ...[usage.interval, usage.projectId, usage.bucket, usage.keyId, usage.secretId, usage.api],
        ...[usage.operation, usage.environment, usage.code],
      ],
      set: { count: sql`${usage.count} + excluded.count`, units: sql`${usage.units} + excluded.units` },
    });
}

test("counts are added up by bucket and labels, on both sides of the end of a day, a month and a year", async () => {
  const midnight = Date.UTC(2027, 0, 1);
  for (const atMs of [midnight - 1, midnight, midnight - 1]) await add(...rowsAt(atMs));
  for (const [interval, lengthMs] of [
    ["minute", MINUTE_MS],
    ["hour", HOUR_MS],
    ["day", DAY_MS],
  ] as const) {
    const rows = await usageRows(db, interval);
    expect(rows.map(({ bucket, count, units }) => [bucket, count, units]).sort()).toEqual([
      [midnight - lengthMs, 2, 4],
      [midnight, 1, 2],
    ]);
  }
});

test("counts of any time are stored: of long ago, and of a verifier whose clock is ahead", async () => {
  const times = [Date.UTC(1971, 1, 3), START - 400 * DAY_MS, START, START + 3 * 365 * DAY_MS];
  for (const atMs of times) await add(...rowsAt(atMs));
  for (const interval of ["minute", "hour", "day"] as const) {
    expect(await countedChecks(db, {}, interval)).toBe(times.length);
  }
});

test("counts that are too large for a number don't keep others from being stored", async () => {
  const huge = rowsAt(START, {}, 2 ** 62);
  for (let time = 0; time < 3; time++) await add(...huge, ...rowsAt(START, { keyId: "key_2" }));
  expect(await countedChecks(db, { keyId: ["key_1"] })).toBe(MAX_COUNT);
  expect(await countedChecks(db, { keyId: ["key_2"] })).toBe(3);
});

test("a query adds up what it filters, by what it groups", async () => {
  await add(
    ...rowsAt(START, { keyId: "a" }, 5),
    ...rowsAt(START, { keyId: "a", code: "KEY_DISABLED" }, 3),
    ...rowsAt(START + HOUR_MS, { keyId: "b", projectId: "prj_2", operation: "x" }, 7),
    ...rowsAt(START, { keyId: "", projectId: "", code: "KEY_UNKNOWN" }, 9),
  );
  const day = {
    interval: "hour",
    from: startOf(DAY_MS, START),
    to: startOf(DAY_MS, START) + DAY_MS,
  } as const;
  const sum = (query: object) =>
    sumUsage(db.read, { buckets: [day], by: ["projectId"], sums: ["checks", "denied"], ...query });
  const byProject = (rows: { projectId: string }[]) =>
    rows.sort((one, other) => (one.projectId < other.projectId ? -1 : 1));
  expect(byProject(await sum({}))).toEqual([
    { projectId: "", checks: 9, denied: 9 },
    { projectId: "prj_1", checks: 8, denied: 3 },
    { projectId: "prj_2", checks: 7, denied: 0 },
  ]);
  expect(await sum({ onlyKnown: true, largest: 1 })).toEqual([{ projectId: "prj_1", checks: 8, denied: 3 }]);
  expect(await sum({ onlyDenied: true, where: { keyId: ["a", "b"] } })).toEqual([
    { projectId: "prj_1", checks: 3, denied: 3 },
  ]);
  expect(await sum({ where: { keyId: [] } })).toEqual([]);
  const all = { buckets: [day], by: [], sums: ["checks", "units", "lastBucket"] } as const;
  expect(await sumUsage(db.read, all)).toEqual([
    { checks: 24, units: 48, lastBucket: startOf(HOUR_MS, START + HOUR_MS) },
  ]);
});

test("counts of an earlier version are read as well, and moved a day after the upgrade", async () => {
  const keys = Array.from({ length: 700 }, (_, n) => rowsAt(START, { keyId: `key_${n}` }));
  await add(...rowsAt(START, { keyId: "key_0" }, 10));
  await db.write((tx) => addOld(tx, keys.flat()));
  const all = async () => [
    await usageRows(db, "minute"),
    await usageRows(db, "hour"),
    await usageRows(db, "day"),
  ];
  const sorted = async () => (await all()).map((rows) => rows.map((row) => JSON.stringify(row)).sort());
  const before = await sorted();
  expect(await countedChecks(db, { keyId: ["key_0"] })).toBe(11);
  expect(await moveOldUsage(db, START)).toBe(true);
  expect(await db.read.q.$count(db.read.t.usage)).toBe(2_100);
  expect(await moveOldUsage(db, START + 2 * DAY_MS)).toBe(true);
  expect(await db.read.q.$count(db.read.t.usage)).toBe(0);
  expect(await sorted()).toEqual(before);
  // A process of the earlier version is still running.
  await db.write((tx) => addOld(tx, rowsAt(START, { keyId: "key_0" })));
  await moveOldUsage(db, START + 2 * DAY_MS);
  expect(await db.read.q.$count(db.read.t.usage)).toBe(0);
  expect(await countedChecks(db, { keyId: ["key_0"] })).toBe(12);
});

test("two processes that move the same counts while an earlier version adds to them lose and double nothing", async () => {
  const rows = Array.from({ length: 300 }, (_, n) => rowsAt(START, { keyId: `key_${n}` })).flat();
  await db.write((tx) => addOld(tx, rows));
  await moveOldUsage(db, START);
  const later = START + 2 * DAY_MS;
  await Promise.all([
    moveOldUsage(db, later),
    db.write((tx) => addOld(tx, rows.slice(0, 90))),
    moveOldUsage(db, later),
    add(...rows.slice(90, 180)),
  ]);
  await moveOldUsage(db, later);
  expect(await db.read.q.$count(db.read.t.usage)).toBe(0);
  expect(await countedChecks(db)).toBe(300 + 30 + 30);
});

test("a process that dies while it moves counts changes nothing", async () => {
  await db.write((tx) => addOld(tx, rowsAt(START)));
  await moveOldUsage(db, START);
  const dying: Db = {
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        await work(tx);
        throw new Error("died");
      }),
  };
  await expect(moveOldUsage(dying, START + 2 * DAY_MS)).rejects.toThrow("died");
  expect(await countedChecks(db)).toBe(1);
  await moveOldUsage(db, START + 2 * DAY_MS);
  expect(await countedChecks(db)).toBe(1);
});

test("minutes are kept for 2 days, hours for 100, and days as long as the setting says", async () => {
  for (const ageDays of [0, 1, 3.5, 50, 102, 399, 600]) await add(...rowsAt(START - ageDays * DAY_MS));
  expect(await prune(db, START, null)).toBe(true);
  const counts = async () => [
    await countedChecks(db, {}, "minute"),
    await countedChecks(db, {}, "hour"),
    await countedChecks(db, {}, "day"),
  ];
  expect(await counts()).toEqual([2, 4, 7]);
  expect(await prune(db, START, 500 * DAY_MS)).toBe(true);
  expect(await counts()).toEqual([2, 4, 6]);
});

if (testDialect() === "postgres") {
  /** Databases are reused, with the partitions of earlier tests. */
  const openNew = async () => {
    const fresh = await openDb(await makeTestDatabase());
    onTestFinished(() => fresh.close());
    return fresh;
  };
  const partitionsOf = (of: Db) =>
    of.read.q
      .select({ name: sql<string>`c.relname` })
      .from(sql`pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relkind = 'r' order by 1`);

  test("partitions of the next days exist before they are needed, even if two processes create them at once", async () => {
    db = await openNew();
    expect(await partitionsReachTo(db.read, START)).toBe(START);
    await Promise.all([createPartitionsAhead(db, START), createPartitionsAhead(db, START)]);
    expect(await partitionsReachTo(db.read, START)).toBeGreaterThan(START + 2 * DAY_MS);
    const before = await partitionsOf(db);
    await createPartitionsAhead(db, START);
    await add(...rowsAt(START + DAY_MS));
    expect(await partitionsOf(db)).toEqual(before);
  });

  test("verifiers that need the same missing partitions at once all count", async () => {
    const keys = ["a", "b", "c", "d"];
    await Promise.all(keys.map((keyId) => add(...rowsAt(START, { keyId }), ...rowsAt(START + DAY_MS))));
    expect(await countedChecks(db)).toBe(2 * keys.length);
  });

  test("a partition that is dropped while a verifier counts for it loses nothing that is kept", async () => {
    const old = START - 10 * DAY_MS;
    await add(...rowsAt(old));
    await Promise.allSettled([
      add(...rowsAt(old, { keyId: "late" })),
      dropPartitionsBefore(db, "minute", START - 2 * DAY_MS),
    ]);
    // The next cycle repeats a batch that failed.
    if ((await countedChecks(db, { keyId: ["late"] })) === 0) await add(...rowsAt(old, { keyId: "late" }));
    expect(await countedChecks(db)).toBe(2);
    expect(await countedChecks(db, {}, "hour")).toBe(2);
  });

  test("a partition that a reader uses is dropped later", async () => {
    db = await openNew();
    await add(...rowsAt(START - 10 * DAY_MS));
    const drop = () => dropPartitionsBefore(db, "minute", START - 2 * DAY_MS);
    await db.write(async (tx) => {
      await tx.q.select().from(tx.t.usageMinutes);
      expect(await drop()).toBe(false);
      // Not again in each cycle: a drop that waits keeps other readers waiting.
      expect(await prune(db, START, null)).toBe(true);
    });
    const before = await partitionsOf(db);
    expect(await drop()).toBe(true);
    expect(await partitionsOf(db)).toHaveLength(before.length - 1);
  });

  test("a row takes at most 120 bytes, with its index", async () => {
    const KEYS = 5_000;
    for (let minute = 0; minute < 4; minute++) {
      const at = START + minute * MINUTE_MS;
      await add(...Array.from({ length: KEYS }, (_, n) => rowsAt(at, { keyId: `key_${n}` })).flat());
    }
    const [size] = await db.read.q
      .select({ bytes: sql`sum(pg_total_relation_size(i.inhrelid))`.mapWith(Number) })
      .from(sql`pg_inherits i where i.inhparent = 'usage_minutes'::regclass`);
    expect(size?.bytes).toBeLessThan(120 * 4 * KEYS);
  });
}
