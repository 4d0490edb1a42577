import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import type { VerdictCode } from "#core/verdict.ts";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeProject, START } from "#test/people.ts";
import type { Ctx, UserActor } from "../context.ts";
import { siteUsageCsv } from "./csv.ts";
import { readSiteUsage } from "./site.ts";

const day = { from: START - 23 * HOUR_MS, to: START + HOUR_MS, interval: "hour" } as const;

let db: Db;
let admin: UserActor;
let ctx: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  admin = await makeAdmin(db);
  ctx = ctxOf(db, admin);
});

const count = (
  interval: UsageInterval,
  projectId: string,
  bucket: number,
  code: VerdictCode,
  checks: number,
) =>
  db.write(({ q, t }) =>
    q.insert(t.usage).values({
      interval,
      projectId,
      bucket,
      keyId: projectId && "key_1",
      secretId: "",
      api: "badges",
      operation: "",
      environment: "",
      code,
      count: checks,
    }),
  );

test("the site's requests include those of every project, even deleted ones, and of unknown secrets", async () => {
  const [chat, gone] = [await makeProject(db, admin, "Chat"), await makeProject(db, admin, "Gone")];
  await db.write(({ q, t }) => q.update(t.projects).set({ deletedAt: START }));
  await count("hour", chat, START, "VALID", 7);
  await count("hour", chat, START, "KEY_DISABLED", 2);
  await count("hour", gone, START, "VALID", 4);
  await count("hour", gone, START - 23 * HOUR_MS, "VALID", 1);
  await count("hour", "", START, "KEY_NOT_FOUND", 5);
  await count("hour", gone, START - DAY_MS, "VALID", 100);
  await count("hour", gone, START + HOUR_MS, "VALID", 100);
  // The same checks in day buckets.
  await count("day", chat, START - (START % DAY_MS), "VALID", 7);
  const { usage, projects } = await readSiteUsage({ ctx, input: day });
  expect(usage.total).toBe(19);
  expect(usage.series).toEqual([
    {
      group: "VALID",
      label: "VALID",
      points: [
        [START - 23 * HOUR_MS, 1],
        [START, 11],
      ],
      total: 12,
    },
    { group: "KEY_NOT_FOUND", label: "KEY_NOT_FOUND", points: [[START, 5]], total: 5 },
    { group: "KEY_DISABLED", label: "KEY_DISABLED", points: [[START, 2]], total: 2 },
  ]);
  expect(projects).toEqual([
    { projectId: chat, name: "Chat", deleted: true, checks: 9, denied: 2 },
    { projectId: gone, name: "Gone", deleted: true, checks: 5, denied: 0 },
  ]);
});

test("the ten projects with the most requests are named, the busiest first", async () => {
  for (let place = 1; place <= 12; place++) {
    await count("hour", await makeProject(db, admin, `P${place}`), START, "VALID", place * 5_000_000_000);
  }
  const { projects } = await readSiteUsage({ ctx, input: day });
  expect(projects.map(({ name }) => name)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `P${n}`));
  expect(projects[0]).toMatchObject({ checks: 60_000_000_000, denied: 0, deleted: false });
});

test("“now” is the last complete minute, neither the one before nor the current one", async () => {
  const chat = await makeProject(db, admin);
  await count("minute", chat, START - 2 * MINUTE_MS, "VALID", 100);
  await count("minute", chat, START - MINUTE_MS, "VALID", 30);
  await count("minute", "", START - MINUTE_MS, "KEY_NOT_FOUND", 3);
  await count("minute", chat, START, "VALID", 100);
  const { now } = await readSiteUsage({ ctx: { ...ctx, now: () => START + 59_999 }, input: day });
  expect(now).toEqual({ checks: 33, denied: 3 });
});

test("the CSV has the numbers of the series, a line for each bucket and code", async () => {
  const chat = await makeProject(db, admin);
  await count("hour", chat, START, "VALID", 7);
  await count("hour", chat, START - HOUR_MS, "IP_NOT_ALLOWED", 2);
  const { filename, text } = await siteUsageCsv({ ctx, input: day });
  expect(filename).toBe("usage-site-2026-11-22-hour.csv");
  expect(text.trim().split("\n")).toEqual([
    "hour_utc,code,label,checks",
    "2026-11-23T11:00:00.000Z,IP_NOT_ALLOWED,IP_NOT_ALLOWED,2",
    "2026-11-23T12:00:00.000Z,VALID,VALID,7",
  ]);
});
