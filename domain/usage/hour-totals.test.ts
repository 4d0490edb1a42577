import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import { addUsage, sumUsage } from "#engine/usage/store.ts";
import { openTestDb } from "#test/db.ts";
import { makeProject, makeUser, START } from "#test/people.ts";
import { filterOf, type RequestFilter } from "./count.ts";
import { storeHourSums } from "./hour-sums.ts";
import { hourTotals } from "./hour-totals.ts";

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

const TODAY = startOf(DAY_MS, START);

/** Requests of a time, as they are counted: by hour and day at once. */
async function add(atMs: number, checks: number, { projectId = "prj_1", code = "VALID" } = {}) {
  const rows = (["hour", "day"] as const).map((interval): UsageRow => {
    const start = startOf(interval === "hour" ? HOUR_MS : DAY_MS, atMs);
    return [interval, projectId, start, "key_1", "sec_1", "badges", "", "live", code, checks, checks];
  });
  await db.write((tx) => addUsage(tx, { id: "batch", rows }));
}

/** They must be the same whether the caller knows the total of the whole days or not. */
const totals = async (some: RequestFilter = {}, from = TODAY - 4 * DAY_MS - 5 * HOUR_MS) => {
  const filter = { projectId: "prj_1", ...some };
  const range = { interval: "hour" as const, from, to: START };
  const days = { interval: "day" as const, from: Math.ceil(from / DAY_MS) * DAY_MS, to: TODAY };
  const [all] = await sumUsage(db.read, { ...filterOf(filter, days), by: [], sums: ["checks"] });
  const inOrder = (found: Map<number, number>) =>
    [...found].sort(([a], [b]) => a - b).map(([at, checks]) => [(at - TODAY) / HOUR_MS, checks]);
  const known = inOrder(await hourTotals(db.read, filter, range, all?.checks ?? 0));
  expect(inOrder(await hourTotals(db.read, filter, range))).toEqual(known);
  return known;
};

test("are those of whole days and of the edges, and the same when they are read again", async () => {
  for (const [hour, checks] of [
    [-102, 1],
    [-101, 2],
    [-96, 4],
    [-73, 8],
    [-72, 16],
    [-1, 32],
    [0, 64],
    [11, 128],
    [12, 256],
  ] as const)
    await add(TODAY + hour * HOUR_MS, checks);
  await add(TODAY - DAY_MS, 999, { projectId: "prj_2" });
  const expected = [
    [-101, 2],
    [-96, 4],
    [-73, 8],
    [-72, 16],
    [-1, 32],
    [0, 64],
    [11, 128],
  ];
  expect(await totals()).toEqual(expected);
  expect(await totals()).toEqual(expected);
  // Another range with the same days.
  expect(await totals({}, TODAY - 3 * DAY_MS)).toEqual(expected.slice(3));
});

test("contain requests that are counted days later, and those of each filter", async () => {
  await add(TODAY - 50 * HOUR_MS, 1);
  expect(await totals()).toEqual([[-50, 1]]);
  await add(TODAY - 50 * HOUR_MS, 2);
  await add(TODAY - 49 * HOUR_MS, 4, { code: "KEY_DISABLED" });
  await add(TODAY - 99 * HOUR_MS, 8);
  const all = [
    [-99, 8],
    [-50, 3],
    [-49, 4],
  ];
  expect(await totals()).toEqual(all);
  expect(await totals({ outcome: "denied" })).toEqual([[-49, 4]]);
  expect(await totals({ code: "VALID" })).toEqual(all.slice(0, 2));
  expect(await totals({ projectId: "prj_2" })).toEqual([]);
  expect(await totals({ externalId: "(none)" })).toEqual(all);
  expect(await totals()).toEqual(all);
});

describe("of a large project", () => {
  const KEYS = 200;
  let projectId: string;
  const store = () => storeHourSums(db, START, async () => {});
  const deleteHours = () => db.write(({ q, t }) => q.delete(t.usageHours));
  beforeEach(async () => {
    projectId = await makeProject(db, await makeUser(db));
    const rows = (["hour", "day"] as const).flatMap((interval) =>
      Array.from({ length: KEYS }, (_, key): UsageRow => {
        const start = TODAY - (interval === "hour" ? 21 : 24) * HOUR_MS;
        return [interval, projectId, start, `key_${key}`, "sec_1", "badges", "", "live", "VALID", 1, 1];
      }),
    );
    await db.write((tx) => addUsage(tx, { id: "large", rows }));
    await add(TODAY - 30 * HOUR_MS, 9);
  });

  test("are added up in advance, and only those of all its requests", async () => {
    expect(await store()).toEqual({ days: 1 });
    expect(await store()).toEqual({ days: 0 });
    // So that only what was added up in advance can have them.
    await deleteHours();
    expect(await totals({ projectId })).toEqual([[-21, KEYS]]);
    expect(await totals({ projectId, code: "VALID" })).toEqual([]);
    expect(await totals({ projectId: "prj_1" })).toEqual([]);
  });

  test("of a day that is partly in the range are among those that were added up in advance", async () => {
    await add(TODAY - 45 * HOUR_MS, 1, { projectId });
    await add(TODAY - 30 * HOUR_MS, 2, { projectId });
    expect(await store()).toEqual({ days: 2 });
    await deleteHours();
    const from = TODAY - 40 * HOUR_MS;
    expect(await totals({ projectId }, from)).toEqual([
      [-30, 2],
      [-21, KEYS],
    ]);
    // The day is out of date then, and its hours are read.
    await add(TODAY - 39 * HOUR_MS, 4, { projectId });
    expect(await totals({ projectId }, from)).toEqual([
      [-39, 4],
      [-21, KEYS],
    ]);
  });

  test("are added up again after late requests", async () => {
    await store();
    await add(TODAY - 20 * HOUR_MS, 3, { projectId });
    const expected = [
      [-21, KEYS],
      [-20, 3],
    ];
    expect(await totals({ projectId })).toEqual(expected);
    expect(await store()).toEqual({ days: 1 });
    await deleteHours();
    expect(await totals({ projectId })).toEqual(expected);
    await add(TODAY - 20 * HOUR_MS, 3, { projectId });
    expect(await totals({ projectId })).toEqual([[-20, 3]]);
    expect(await store()).toEqual({ days: 0 });
  });
});

test("a day whose hours are partly deleted is not remembered as if it had these only", async () => {
  await add(TODAY - 50 * HOUR_MS, 1);
  await add(TODAY - 49 * HOUR_MS, 2);
  const { usageHours } = db.read.t;
  await db.write(({ q }) => q.delete(usageHours));
  await add(TODAY - 49 * HOUR_MS, 4);
  expect(await totals()).toEqual([[-49, 4]]);
  await add(TODAY - 48 * HOUR_MS, 8);
  expect(await totals()).toEqual([
    [-49, 4],
    [-48, 8],
  ]);
});
