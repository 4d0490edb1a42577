import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { type Checks, startChecks } from "#test/traffic.ts";
import type { Ctx } from "../context.ts";
import { updateKeySchema } from "../keys/schemas.ts";
import { updateKey } from "../keys/update.ts";
import { listDenials } from "../refusals/list.ts";
import { listDenialsSchema } from "../refusals/schemas.ts";
import { dryRun } from "./dryRun.ts";
import { dryRunSchema } from "./schemas.ts";
import { suggestRestrictions } from "./suggest.ts";
import { readTrial } from "./trial.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
let keyId: string;
let secret: string;
let checks: Checks;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await makeApi(db, "offers");
  for (const slug of ["badges", "offers"]) await enableFor(db, projectId, slug);
  ({
    secret,
    key: { id: keyId },
  } = await makeKey(ctx, projectId));
  checks = await startChecks(db, clock);
});
afterEach(() => checks.end());

async function call(times: number, fields: object = {}): Promise<void> {
  for (let n = 0; n < times; n++)
    await checks.ask({ key: secret, api: "badges", operation: "badges.list", ...fields });
}
async function change(fields: object): Promise<void> {
  await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });
  checks.forget();
}
const run = (restrictions: object, days = 7) =>
  dryRun({ ctx, input: dryRunSchema.parse({ projectId, keyId, restrictions, days }) });
const suggest = (leaveOutRarest = 0) =>
  suggestRestrictions({ ctx, input: { projectId, keyId, leaveOutRarest } });
const denials = (more: object = {}) =>
  listDenials({ ctx, input: listDenialsSchema.parse({ projectId, ...more }) });

describe("a dry run", () => {
  test("says exactly what a draft would have done to the checks that passed, by whom", async () => {
    await call(7, { clientIp: "198.51.100.7" });
    await call(2, { clientIp: "203.0.113.9:4711" });
    await call(1);
    await call(3, { clientIp: "198.51.100.7", api: "offers", operation: undefined });
    await checks.count();
    const answer = await run({ ips: ["198.51.100.0/24"] });
    expect(answer).toMatchObject({
      checks: 13,
      refused: { atLeast: 3, atMost: 3 },
      rules: [
        {
          kind: "ips",
          refused: 3,
          unsure: 0,
          more: 0,
          values: [
            {
              value: "203.0.113.9",
              count: 2,
              lastSeenAt: new Date(clock.now()).toISOString(),
              outcome: "refused",
            },
            { value: "", label: "no readable address", count: 1 },
          ],
        },
      ],
    });
    expect(await run({ apis: [{ api: "badges", operations: ["badges.sync"] }] })).toMatchObject({
      refused: { atLeast: 13, atMost: 13 },
      rules: [
        {
          values: [
            { value: "badges: badges.list", count: 10 },
            { value: "offers", count: 3 },
          ],
        },
      ],
    });
    const both = await run({ ips: ["198.51.100.0/24"], apis: [{ api: "badges" }] });
    expect(both.refused).toEqual({ atLeast: 3, atMost: 6 });
  });

  test("looks at so many days, today included", async () => {
    await call(5, { clientIp: "203.0.113.9" });
    clock.advance(2 * DAY);
    await call(1, { clientIp: "203.0.113.9" });
    await checks.count();
    expect(await run({ ips: ["198.51.100.7"] }, 2)).toMatchObject({
      checks: 1,
      refused: { atLeast: 1, atMost: 1 },
    });
    expect(await run({ ips: ["198.51.100.7"] }, 3)).toMatchObject({
      checks: 6,
      refused: { atLeast: 6, atMost: 6 },
    });
  });

  test("of a draft that loosens says how many of the latest refusals would pass", async () => {
    await change({
      restrictions: { ips: ["198.51.100.7"], apis: [{ api: "badges", operations: ["badges.list"] }] },
    });
    await call(2, { clientIp: "203.0.113.9" });
    await call(1, { clientIp: "198.51.100.7", operation: "badges.sync" });
    await checks.count();
    const apis = [{ api: "badges", operations: ["badges.list"] }];
    expect((await run({ ips: ["203.0.113.9"], apis })).recentRefusals).toEqual({ looked: 3, wouldPass: 2 });
    expect((await run({})).recentRefusals).toEqual({ looked: 3, wouldPass: 3 });
  });

  test("refuses a draft that can't be saved, at its place", async () => {
    await expect(run({ ips: ["127.1"] })).rejects.toMatchObject({ errors: [{ path: "restrictions.ips.0" }] });
  });
});

describe("a suggestion", () => {
  test("names where a key is used from and what for, with the numbers, and refuses nothing that passed", async () => {
    await call(5, { clientIp: "198.51.100.7" });
    await call(2, { clientIp: "203.0.113.9" });
    await checks.count();
    const { checks: seen, suggestion, why } = await suggest();
    expect(seen).toBe(7);
    expect(why).toBeNull();
    expect(suggestion).toMatchObject({
      sentence: "Used only from 198.51.100.7 and 1 other address or network, calling only badges.",
      restrictions: {
        ...NO_RESTRICTIONS,
        ips: ["198.51.100.7", "203.0.113.9"],
        apis: [{ api: "badges", operations: ["badges.list"] }],
      },
      evidence: [
        { kind: "apis", entry: "badges: badges.list", count: 7 },
        { kind: "ips", entry: "198.51.100.7", count: 5 },
        { kind: "ips", entry: "203.0.113.9", count: 2 },
      ],
      wouldRefuse: 0,
    });
    if (suggestion)
      expect((await run(suggestion.restrictions, 30)).refused).toEqual({ atLeast: 0, atMost: 0 });
  });

  test("can be saved as it is, and then there is none", async () => {
    await call(3, { clientIp: "198.51.100.7", origin: "https://shop.example.com" });
    await checks.count();
    const { suggestion } = await suggest();
    await change({ restrictions: suggestion?.restrictions });
    expect(
      await checks.ask({
        key: secret,
        api: "badges",
        operation: "badges.list",
        origin: "https://shop.example.com",
      }),
    ).toBe("VALID");
    expect(await suggest()).toMatchObject({ suggestion: null });
  });
});

describe("a trial", () => {
  test("counts what the set would have refused, of what passed, since it was saved, and lists it", async () => {
    await call(4, { clientIp: "203.0.113.9" });
    clock.advance(1_000);
    await change({ trial: { ips: ["198.51.100.0/24"] } });
    await call(3, { clientIp: "198.51.100.7" });
    await call(2, { clientIp: "203.0.113.9" });
    await change({ enabled: false });
    await call(5, { clientIp: "203.0.113.9" });
    await checks.count();
    expect(await readTrial({ ctx, input: { projectId, keyId } })).toMatchObject({
      since: new Date(clock.now()).toISOString(),
      judged: 5,
      wouldRefuse: 2,
      series: [
        { group: "IP_NOT_ALLOWED", total: 2 },
        { group: "VALID", total: 3 },
      ],
    });
    const tried = await denials({ keyId, trial: true });
    expect(tried.total).toBe(2);
    expect(tried.items).toMatchObject([{ code: "IP_NOT_ALLOWED" }, { code: "IP_NOT_ALLOWED" }]);
    expect((await denials({ keyId })).items.every(({ code }) => code === "KEY_DISABLED")).toBe(true);
  });

  test("of another set begins anew", async () => {
    await change({ trial: { ips: ["198.51.100.7"] } });
    await call(2, { clientIp: "203.0.113.9" });
    clock.advance(1_000);
    await change({ trial: { ips: ["198.51.100.8"] } });
    await call(1, { clientIp: "203.0.113.9" });
    await checks.count();
    expect(await readTrial({ ctx, input: { projectId, keyId } })).toMatchObject({
      judged: 1,
      wouldRefuse: 1,
    });
    await change({ trial: null });
    expect(await readTrial({ ctx, input: { projectId, keyId } })).toMatchObject({
      since: null,
      judged: 0,
      series: [],
    });
  });
});

describe("refusals", () => {
  test("are listed with what was seen, the rule in words and the entry that would help", async () => {
    await change({ restrictions: { ips: ["198.51.100.7"] } });
    await call(1, { clientIp: "203.0.113.9" });
    await checks.count();
    const { items, total } = await denials();
    expect(total).toBe(1);
    expect(items).toMatchObject([
      {
        time: new Date(clock.now()).toISOString(),
        keyId,
        keyName: "checkout server",
        environment: "live",
        code: "IP_NOT_ALLOWED",
        api: "badges",
        operation: "badges.list",
        observed: { clientIp: "203.0.113.9" },
        words: expect.stringContaining("203.0.113.9"),
        remedy: { label: "Allow 203.0.113.9", query: "allow.ips=203.0.113.9" },
      },
    ]);
  });

  test("are counted exactly where the list is cut, and every page holds each once", async () => {
    await change({ restrictions: { ips: ["198.51.100.7"] } });
    for (let n = 0; n < 1_300; n++) {
      clock.advance(1);
      await checks.ask({ key: secret, api: "badges", clientIp: "203.0.113.9" });
    }
    await checks.count();
    const seen = new Set<string>();
    let total = 0;
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await denials({ keyId, code: "IP_NOT_ALLOWED", limit: 200, ...(cursor && { cursor }) });
      for (const { id } of page.items) seen.add(id);
      total = page.total;
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(total).toBe(1_300);
    expect(seen.size).toBe(1_000);
    expect((await denials({ code: "KEY_REVOKED" })).total).toBe(0);
  });

  test("are found by key, code and time", async () => {
    const other = await makeKey(ctx, projectId, {
      name: "other",
      restrictions: { referrers: ["example.com"] },
    });
    await checks.ask({ key: other.secret, api: "badges" });
    clock.advance(DAY);
    await change({ enabled: false });
    await call(2);
    await checks.count();
    expect((await denials()).total).toBe(3);
    expect(await denials({ keyId: other.key.id })).toMatchObject({ total: 1, items: [{ keyName: "other" }] });
    expect(await denials({ code: "KEY_DISABLED" })).toMatchObject({ total: 2 });
    const lastHour = { from: new Date(clock.now() - HOUR).toISOString() };
    expect(await denials(lastHour)).toMatchObject({
      total: 2,
      items: [{ code: "KEY_DISABLED" }, { code: "KEY_DISABLED" }],
    });
  });
});
