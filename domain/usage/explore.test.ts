import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import { addUsage } from "#engine/usage/store.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { usageCsv } from "./csv.ts";
import { readFilterNames } from "./filter-names.ts";
import { usageRange } from "./range.ts";
import { readUsage } from "./read.ts";
import { readTopUsageSchema, readUsageSchema, USAGE_GROUPS } from "./schema.ts";
import { readTopUsage } from "./top.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
let keys: { id: string; secretId: string }[];

const TODAY = startOf(DAY_MS, START);

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
  keys = [];
  for (const externalId of ["cus_1", "cus_1", "cus_2", null]) {
    const { key } = await makeKey(ctx, projectId, { name: `key ${keys.length}`, externalId });
    keys.push({ id: key.id, secretId: key.secrets[0]?.id ?? "" });
  }
});

interface Labels {
  key?: number;
  api?: string;
  operation?: string;
  environment?: string;
  code?: string;
}

/** Requests at a time, as the aggregation counts them. */
function rowsAt(atMs: number, checks: number, labels: Labels = {}): UsageRow[] {
  const { key = 0, api = "badges", operation = "", environment = "live", code = "VALID" } = labels;
  const { id, secretId } = keys[key] ?? { id: "", secretId: "" };
  const of = [id, secretId, api, operation, environment, code, checks, 0] as const;
  return [
    ["minute", projectId, startOf(MINUTE_MS, atMs), ...of],
    ["hour", projectId, startOf(HOUR_MS, atMs), ...of],
    ["day", projectId, startOf(DAY_MS, atMs), ...of],
  ];
}

const add = (...rows: UsageRow[][]) => db.write((tx) => addUsage(tx, { id: "batch", rows: rows.flat() }));
const read = (asked: Record<string, unknown> = {}) =>
  readUsage({ ctx, input: readUsageSchema.parse({ projectId, interval: "day", ...asked }) });
const at = (ms: number) => new Date(ms).toISOString();

/** Today's requests: each a power of two, so that a sum says which are in it. */
const addToday = () =>
  add(
    rowsAt(START, 1, { key: 0, operation: "badges.sync" }),
    rowsAt(START, 2, { key: 1, code: "IP_NOT_ALLOWED" }),
    rowsAt(START, 4, { key: 2, api: "streams", environment: "test" }),
    rowsAt(START, 8, { key: 3, api: "streams", code: "RATE_LIMITED" }),
    rowsAt(START, 16, { key: 3, operation: "(none)" }),
  );

test("every filter selects its requests, alone and together with others", async () => {
  await addToday();
  const total = async (filter: Record<string, unknown>) => (await read(filter)).total;
  expect(await total({})).toBe(31);
  expect(await total({ secretId: keys[1]?.secretId })).toBe(2);
  expect(await total({ operation: "badges.sync" })).toBe(1);
  // The name of those without an operation, and so not that of one which is called like this.
  expect(await total({ operation: "(none)" })).toBe(14);
  expect(await total({ environment: "test" })).toBe(4);
  expect(await total({ externalId: "cus_1" })).toBe(3);
  expect(await total({ externalId: "(none)" })).toBe(24);
  expect(await total({ externalId: "cus_" })).toBe(0);
  expect(await total({ outcome: "denied" })).toBe(10);
  expect(await total({ outcome: "allowed" })).toBe(21);
  expect(await total({ outcome: "allowed", code: "RATE_LIMITED" })).toBe(0);
  expect(await total({ outcome: "denied", code: "RATE_LIMITED" })).toBe(8);
  expect(await total({ outcome: "denied", api: "streams", environment: "live" })).toBe(8);
  expect(await total({ outcome: "denied", groupBy: "key", limit: 1 })).toBe(10);
});

test.each(["'; drop table usage_days --", "\0\u{d800}", "x".repeat(200), "%", "\\"])(
  "a filter by a text that no request has finds none: %j",
  async (hostile) => {
    await addToday();
    for (const filter of [{ operation: hostile }, { externalId: hostile }, { secretId: hostile }])
      expect((await read({ ...filter, groupBy: "externalId" })).total).toBe(0);
  },
);

test("a filter that can't match is rejected before the database is asked", () => {
  for (const filter of [
    { operation: "" },
    { operation: "x".repeat(201) },
    { environment: "prod" },
    { outcome: "all" },
    { compare: "next" },
    { groupBy: "externalID" },
  ])
    expect(readUsageSchema.safeParse({ projectId, ...filter }).success, JSON.stringify(filter)).toBe(false);
});

test("keys with one external ID are one group, and pages of groups add up to the whole", async () => {
  await addToday();
  const whole = await read({ groupBy: "externalId" });
  expect(whole.series.map(({ group, total }) => [group, total])).toEqual([
    ["(none)", 24],
    ["cus_2", 4],
    ["cus_1", 3],
  ]);
  const first = await read({ groupBy: "externalId", limit: 1 });
  expect(first.series.map(({ group, label, total }) => [group, label, total])).toEqual([
    ["(none)", "(none)", 24],
    ["(others)", "2 others", 7],
  ]);
  const second = await read({ groupBy: "externalId", limit: 1, cursor: first.nextCursor });
  expect(second.series.map(({ group, total }) => [group, total])).toEqual([
    ["cus_2", 4],
    ["(others)", 27],
  ]);
});

test("a comparison has the requests of as many buckets before, and each group's", async () => {
  await add(
    rowsAt(START, 10),
    rowsAt(START, 5, { key: 1 }),
    rowsAt(START - 7 * DAY_MS, 4),
    rowsAt(START - 8 * DAY_MS, 1),
    rowsAt(START - 8 * DAY_MS, 2, { key: 2 }),
    rowsAt(START - 14 * DAY_MS, 999),
  );
  const range = { from: at(TODAY - 6 * DAY_MS), to: at(TODAY + DAY_MS), groupBy: "key" };
  expect((await read(range)).previous).toBeUndefined();
  const compared = await read({ ...range, compare: "previous" });
  expect(compared.previous).toEqual({
    from: at(TODAY - 13 * DAY_MS),
    to: at(TODAY - 6 * DAY_MS),
    points: [
      [TODAY - 8 * DAY_MS, 3],
      [TODAY - 7 * DAY_MS, 4],
    ],
    total: 7,
  });
  expect(compared.series.map(({ total, previousTotal }) => [total, previousTotal])).toEqual([
    [10, 5],
    [5, 0],
  ]);
  const one = await read({ ...range, compare: "previous", limit: 1 });
  expect(one.series.map(({ group, previousTotal }) => [group, previousTotal])).toEqual([
    [keys[0]?.id, 5],
    ["(others)", 2],
  ]);
  const filtered = await read({ ...range, compare: "previous", keyId: keys[2]?.id });
  expect(filtered).toMatchObject({ total: 0, previous: { total: 2 } });
});

test("a period that is no longer stored is not compared with as if it had no requests", async () => {
  const hours = { interval: "hour", from: at(START - 60 * DAY_MS), to: at(START), compare: "previous" };
  expect((await read(hours)).previous).toBeNull();
  const minutes = { interval: "minute", from: at(START - 30 * HOUR_MS), to: at(START), compare: "previous" };
  expect((await read(minutes)).previous).toBeNull();
  expect((await read({ ...minutes, from: at(START - HOUR_MS) })).previous).toMatchObject({ total: 0 });
});

test("a short range of long ago is counted by buckets that are still stored", () => {
  const of = (ageMs: number, lengthMs: number) =>
    usageRange({ from: START - ageMs, to: START - ageMs + lengthMs }, START).interval;
  expect(of(DAY_MS, HOUR_MS)).toBe("minute");
  expect(of(3 * DAY_MS, HOUR_MS)).toBe("hour");
  expect(of(101 * DAY_MS, HOUR_MS)).toBe("day");
});

test("the top lists name ten groups of each label, and add up to the total", async () => {
  await addToday();
  await add(...Array.from({ length: 12 }, (_, n) => rowsAt(START, 100 + n, { operation: `op.${n}` })));
  const asked = { projectId, from: at(TODAY), to: at(TODAY + DAY_MS), lists: [...USAGE_GROUPS] };
  const top = await readTopUsage({ ctx, input: readTopUsageSchema.parse(asked) });
  expect(top.lists.map(({ groupBy }) => groupBy)).toEqual([...USAGE_GROUPS]);
  for (const { groups, others } of top.lists) {
    expect(groups.reduce((sum, { total }) => sum + total, others)).toBe(top.total);
    expect(groups.map(({ total }) => total)).toEqual(groups.map(({ total }) => total).sort((a, b) => b - a));
  }
  const operations = top.lists.find(({ groupBy }) => groupBy === "operation");
  expect(operations?.groups).toHaveLength(10);
  expect(operations?.groups[0]).toEqual({ group: "op.11", label: "op.11", total: 111 });
  expect(top.lists.find(({ groupBy }) => groupBy === "key")?.groups[0]?.label).toBe("key 0");
  const denied = await readTopUsage({
    ctx,
    input: readTopUsageSchema.parse({ ...asked, outcome: "denied", lists: ["key"] }),
  });
  expect(denied).toMatchObject({ total: 10, lists: [{ groups: [{ total: 8 }, { total: 2 }], others: 0 }] });
});

test("names of filters, top lists and counts are only those of one's own project", async () => {
  const stranger = ctxOf(db, await makeUser(db));
  const input = { projectId, keyId: keys[0]?.id, secretId: keys[0]?.secretId };
  const top = readTopUsageSchema.parse({ projectId, lists: ["key"] });
  await expect(readFilterNames({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  await expect(readTopUsage({ ctx: stranger, input: top })).rejects.toMatchObject({ code: "not-found" });
  expect(Object.values(await readFilterNames({ ctx, input }))).toContain("key 0");
  const own = await makeProject(db, await makeUser(db));
  const admin = ctxOf(db, await makeUser(db, { siteRole: "admin" }));
  expect(await readFilterNames({ ctx: admin, input: { ...input, projectId: own } })).toEqual({});
});

test("the CSV has what is shown: the filters, the range and the period before", async () => {
  await add(rowsAt(START, 3), rowsAt(START, 4, { key: 2 }), rowsAt(START - DAY_MS, 5));
  const { text } = await usageCsv({
    ctx,
    input: readUsageSchema.parse({
      projectId,
      interval: "day",
      groupBy: "externalId",
      externalId: "cus_1",
      from: at(TODAY),
      to: at(START),
      compare: "previous",
    }),
  });
  expect(text.trim().split("\n")).toEqual([
    "day_utc,externalId,label,checks",
    `${at(TODAY - DAY_MS)},(previous period),(previous period),5`,
    `${at(TODAY)},cus_1,cus_1,3`,
  ]);
});
