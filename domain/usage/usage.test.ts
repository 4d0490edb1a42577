import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { maxSeries } from "./count.ts";
import { usageCsv } from "./csv.ts";
import { keySparklines } from "./key-sparklines.ts";
import { usageRange } from "./range.ts";
import { readUsage } from "./read.ts";
import { recentTraffic } from "./recent-traffic.ts";
import { readUsageSchema, type Usage, type UsagePoint } from "./schema.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
let keyId: string;

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
  keyId = (await makeKey(ctx, projectId, { name: "=till" })).key.id;
});

const read = (asked: Record<string, unknown> = {}) =>
  readUsage({ ctx, input: readUsageSchema.parse({ projectId, ...asked }) });

async function count(
  interval: UsageInterval,
  bucket: number,
  code: "VALID" | "KEY_DISABLED",
  checks: number,
  more = {},
) {
  await db.write((tx) =>
    tx.q.insert(tx.t.usage).values({
      interval,
      projectId,
      bucket,
      keyId,
      secretId: "sec_1",
      api: "badges",
      operation: "",
      environment: "live",
      code,
      count: checks,
      ...more,
    }),
  );
}

describe("reading", () => {
  test("groups add up to the total, largest first, with points in order, and nothing of another project", async () => {
    await count("day", START - (START % DAY_MS), "VALID", 7);
    await count("day", START - (START % DAY_MS) - DAY_MS, "VALID", 5);
    await count("day", START - (START % DAY_MS), "KEY_DISABLED", 2);
    await count("day", START - (START % DAY_MS), "VALID", 1_000, { projectId: "prj_other" });
    const usage = await read({ interval: "day" });
    expect(usage).toMatchObject({
      interval: "day",
      total: 14,
      series: [
        {
          group: "VALID",
          total: 12,
          points: [
            [START - (START % DAY_MS) - DAY_MS, 5],
            [START - (START % DAY_MS), 7],
          ],
        },
        { group: "KEY_DISABLED", total: 2 },
      ],
    });
  });

  test("requests without an operation are grouped as none, and keys are labeled by name", async () => {
    await count("day", START - (START % DAY_MS), "VALID", 1);
    expect((await read({ interval: "day", groupBy: "operation" })).series).toMatchObject([
      { group: "(none)" },
    ]);
    expect((await read({ interval: "day", groupBy: "key" })).series).toMatchObject([
      { group: keyId, label: "=till" },
    ]);
  });

  /** Eight keys, the larger ones first, with ties and gaps, by the hour and by the day. */
  async function countKeys(firstHour: number) {
    for (let n = 0; n < 8; n++) {
      const more = { keyId: `key_${n}` };
      const days = new Map<number, number>();
      for (let hour = n % 3; hour < 30; hour += 2) {
        const at = firstHour + hour * HOUR_MS;
        await count("hour", at, "VALID", 100 - (n - (n % 2)), more);
        await count("hour", at, "KEY_DISABLED", 1, more);
        days.set(at - (at % DAY_MS), (days.get(at - (at % DAY_MS)) ?? 0) + 1);
      }
      for (const [day, hours] of days) {
        await count("day", day, "VALID", hours * (100 - (n - (n % 2))), more);
        await count("day", day, "KEY_DISABLED", hours, more);
      }
    }
  }

  test.each(["key", "code"] as const)(
    "pages by %s have every group once, largest first, and all else as others",
    async (groupBy) => {
      const firstHour = START - (START % DAY_MS) - DAY_MS + 3 * HOUR_MS;
      await countKeys(firstHour);
      const range = {
        from: new Date(firstHour).toISOString(),
        to: new Date(firstHour + 30 * HOUR_MS).toISOString(),
      };
      const asked = { ...range, interval: "hour", groupBy };
      const whole = await read(asked);
      expect(whole).toMatchObject({ groups: groupBy === "key" ? 8 : 2, nextCursor: null });
      expect(whole.series.map(({ group }) => group)).not.toContain("(others)");
      const sumAt = (series: Usage["series"], at: number) =>
        series.flatMap(({ points }) => points).reduce((sum, [bucket, n]) => sum + (bucket === at ? n : 0), 0);
      for (const limit of [1, 3, 7]) {
        const seen: Usage["series"] = [];
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await read({ ...asked, limit, ...(cursor ? { cursor } : {}) });
          const own = page.series.filter(({ group }) => group !== "(others)");
          expect(page).toMatchObject({ total: whole.total, groups: whole.groups });
          if (own.length < whole.groups) expect(page.series.at(-1)?.group).toBe("(others)");
          expect(page.series.reduce((sum, { total }) => sum + total, 0)).toBe(whole.total);
          for (let hour = 0; hour < 30; hour++) {
            const at = firstHour + hour * HOUR_MS;
            expect(sumAt(page.series, at)).toBe(sumAt(whole.series, at));
          }
          seen.push(...own);
          cursor = page.nextCursor;
        }
        expect(seen).toEqual(whole.series);
      }
    },
  );

  test("a page has at most 50 groups unless more are requested, and a response far less than 1 MiB", async () => {
    const rows = Array.from({ length: 210 }, (_, n) => ({
      keyId: `key_${n}`.padEnd(26, "x"),
      count: 1_000_000 + n,
    }));
    const day = START - (START % DAY_MS);
    for (const { keyId: id, count: checks } of rows) await count("day", day, "VALID", checks, { keyId: id });
    const asked = { interval: "day", groupBy: "key" };
    const page = await read(asked);
    expect(page.series).toHaveLength(51);
    expect(page.series.at(-1)?.label).toBe("160 others");
    expect(page.groups).toBe(210);
    expect((await read({ ...asked, limit: 200 })).series).toHaveLength(201);
    expect(() => readUsageSchema.parse({ projectId, limit: 201 })).toThrow();
    await expect(read({ ...asked, cursor: "x" })).rejects.toMatchObject({ errors: [{ path: "cursor" }] });
    for (const [interval, buckets] of [
      ["hour", 2_000],
      ["minute", 720],
      ["day", 1],
    ] as const) {
      const length = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS }[interval];
      const series = maxSeries({ interval, from: 0, to: buckets * length });
      const points = Array.from({ length: buckets }, (_, at): UsagePoint => [START + at * length, 1_000_000]);
      const one = { group: "x".repeat(200), label: "ü".repeat(100), points, total: 1_000_000 };
      const most = Array.from({ length: Math.min(200, series) + 1 }, () => one);
      expect(Buffer.byteLength(JSON.stringify(most)), interval).toBeLessThan(500_000);
    }
  });

  test("filters exclude everything else", async () => {
    await count("day", START - (START % DAY_MS), "VALID", 3);
    await count("day", START - (START % DAY_MS), "KEY_DISABLED", 4, { api: "streams" });
    expect((await read({ interval: "day", code: "VALID" })).total).toBe(3);
    expect((await read({ interval: "day", api: "streams" })).total).toBe(4);
    expect((await read({ interval: "day", keyId: "key_none" })).total).toBe(0);
  });

  test("a stranger gets not-found", async () => {
    ctx = ctxOf(db, await makeUser(db));
    await expect(read()).rejects.toMatchObject({ code: "not-found" });
  });

  test("a count beyond 32 bits stays a number", async () => {
    await count("day", START - (START % DAY_MS), "VALID", 5_000_000_000);
    expect((await read({ interval: "day" })).total).toBe(5_000_000_000);
  });
});

describe("the range", () => {
  test("covers the requested time in whole buckets, including the unfinished one", () => {
    expect(usageRange({ from: START - 90 * MINUTE_MS, to: START - 1, interval: "hour" }, START)).toEqual({
      interval: "hour",
      from: START - 2 * HOUR_MS,
      to: START,
    });
  });

  test.each([
    [HOUR_MS, "minute"],
    [3 * HOUR_MS, "minute"],
    [DAY_MS, "hour"],
    [8 * DAY_MS, "hour"],
    [90 * DAY_MS, "day"],
  ] as const)("%d ms are counted by the %s by default", (length, interval) => {
    expect(usageRange({ from: START - length, to: START }, START).interval).toBe(interval);
  });

  test("is rejected at its field if it is empty, reversed or too long", async () => {
    const at = (ms: number) => new Date(ms).toISOString();
    await expect(read({ from: at(START), to: at(START) })).rejects.toMatchObject({
      errors: [{ path: "from" }],
    });
    await expect(read({ from: at(START - 30 * DAY_MS), interval: "minute" })).rejects.toMatchObject({
      errors: [{ path: "interval" }],
    });
  });
});

test("the CSV has the same numbers, and no name that a spreadsheet would execute", async () => {
  await count("day", START - (START % DAY_MS), "VALID", 7);
  await count("day", START - (START % DAY_MS) - DAY_MS, "VALID", 5);
  const { text } = await usageCsv({
    ctx,
    input: readUsageSchema.parse({ projectId, interval: "day", groupBy: "key" }),
  });
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  expect(lines[0]).toEqual(["day_utc", "key", "label", "checks"]);
  expect(lines.slice(1).map((line) => Number(line[3]))).toEqual([5, 7]);
  expect(lines[1]?.[2]).toBe("'=till");
});

test("a sparkline has seven days up to today, with allowed and denied requests apart", async () => {
  const today = START - (START % DAY_MS);
  await count("day", today, "VALID", 7);
  await count("day", today, "KEY_DISABLED", 2);
  await count("day", today - 6 * DAY_MS, "VALID", 1);
  await count("day", today - 7 * DAY_MS, "VALID", 100);
  const { days, keys } = await keySparklines({ ctx, input: { projectId } });
  expect(days).toHaveLength(7);
  expect(days.at(-1)).toBe(today);
  expect(keys).toEqual({ [keyId]: { valid: [1, 0, 0, 0, 0, 0, 7], denied: [0, 0, 0, 0, 0, 0, 2] } });
});

test("recent traffic covers the last hour and the last day, with denied requests apart", async () => {
  await count("minute", START - HOUR_MS, "VALID", 3);
  await count("minute", START - 2 * HOUR_MS, "VALID", 50);
  await count("hour", START - 23 * HOUR_MS, "VALID", 20);
  await count("hour", START - 23 * HOUR_MS, "KEY_DISABLED", 4);
  expect(await recentTraffic({ ctx, input: { projectId, keyId } })).toMatchObject({
    lastHour: { valid: 3, denied: 0 },
    lastDay: { valid: 20, denied: 4 },
  });
});

test("recent traffic includes the number of networks it came from, and whether there may be more", async () => {
  const seen = (value: string, lastSeenAt: number) => ({
    keyId,
    secretId: "sec_1",
    kind: "address" as const,
    day: lastSeenAt - (lastSeenAt % DAY_MS),
    value,
    count: 1,
    lastSeenAt,
  });
  await db.write(({ q, t }) =>
    q
      .insert(t.clientObservations)
      .values([
        seen("198.51.100.7", START - MINUTE_MS),
        seen("198.51.100.8", START - MINUTE_MS),
        seen("2001:db8::1", START - MINUTE_MS),
        seen("", START - MINUTE_MS),
        seen("203.0.113.9", START - 20 * HOUR_MS),
        seen("*", START - 3 * HOUR_MS),
        seen("192.0.2.1", START - 30 * HOUR_MS),
      ]),
  );
  expect(await recentTraffic({ ctx, input: { projectId, keyId } })).toMatchObject({
    lastHour: { from: { count: 2, orMore: false } },
    lastDay: { from: { count: 3, orMore: true } },
  });
});
