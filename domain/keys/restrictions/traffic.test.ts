import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "#test/key-with-traffic.ts";
import { listDenials } from "../denials/list.ts";
import { listDenialsSchema } from "../denials/schema.ts";
import { dryRun } from "./dry-run.ts";
import { readReportOnlyCounts } from "./report-only.ts";
import { dryRunSchema } from "./schema.ts";

let used: KeyWithTraffic;
beforeEach(async () => {
  used = await createKeyWithTraffic();
});
afterEach(() => used.checks.end());

const run = (restrictions: object, days = 7) => {
  const { ctx, projectId, keyId } = used;
  return dryRun({ ctx, input: dryRunSchema.parse({ projectId, keyId, restrictions, days }) });
};
const readCounts = () => {
  const { ctx, projectId, keyId } = used;
  return readReportOnlyCounts({ ctx, input: { projectId, keyId } });
};
const denials = (more: object = {}) =>
  listDenials({ ctx: used.ctx, input: listDenialsSchema.parse({ projectId: used.projectId, ...more }) });

describe("a dry run", () => {
  test("says exactly what a draft would have done to the allowed requests, and to whose", async () => {
    await used.call(7, { clientIp: "198.51.100.7" });
    await used.call(2, { clientIp: "203.0.113.9:4711" });
    await used.call(1);
    await used.call(3, { clientIp: "198.51.100.7", api: "offers", operation: undefined });
    await used.checks.count();
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
              lastSeenAt: new Date(used.clock.now()).toISOString(),
              outcome: "refused",
            },
            { value: "", label: "no valid IP address", count: 1 },
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

  test("covers the given number of days, including today", async () => {
    await used.call(5, { clientIp: "203.0.113.9" });
    used.clock.advance(2 * DAY_MS);
    await used.call(1, { clientIp: "203.0.113.9" });
    await used.checks.count();
    expect(await run({ ips: ["198.51.100.7"] }, 2)).toMatchObject({
      checks: 1,
      refused: { atLeast: 1, atMost: 1 },
    });
    expect(await run({ ips: ["198.51.100.7"] }, 3)).toMatchObject({
      checks: 6,
      refused: { atLeast: 6, atMost: 6 },
    });
  });

  test("of a draft that loosens restrictions says how many of the latest denied requests would be allowed", async () => {
    await used.change({
      restrictions: { ips: ["198.51.100.7"], apis: [{ api: "badges", operations: ["badges.list"] }] },
    });
    await used.call(2, { clientIp: "203.0.113.9" });
    await used.call(1, { clientIp: "198.51.100.7", operation: "badges.sync" });
    await used.checks.count();
    const apis = [{ api: "badges", operations: ["badges.list"] }];
    expect((await run({ ips: ["203.0.113.9"], apis })).recentRefusals).toEqual({ looked: 3, wouldPass: 2 });
    expect((await run({})).recentRefusals).toEqual({ looked: 3, wouldPass: 3 });
  });

  test("can't evaluate requests without a known operation if the draft names operations", async () => {
    await used.call(3);
    await used.call(2, { operation: "badges.typo" });
    await used.call(1, { operation: undefined });
    await used.checks.count();
    expect(await run({ apis: [{ api: "badges", operations: ["badges.*"] }] })).toMatchObject({
      checks: 6,
      refused: { atLeast: 0, atMost: 3 },
      rules: [
        {
          refused: 0,
          unsure: 3,
          values: [{ value: "badges", label: "badges, no operation that it lists", outcome: "unsure" }],
        },
      ],
    });
    expect((await run({ apis: [{ api: "offers" }] })).refused).toEqual({ atLeast: 6, atMost: 6 });
  });

  test("rejects a draft that can't be saved, at its place", async () => {
    await expect(run({ ips: ["127.1"] })).rejects.toMatchObject({ errors: [{ path: "restrictions.ips.0" }] });
  });
});

describe("report-only mode", () => {
  test("counts and lists the allowed requests that would have been denied since it was saved", async () => {
    await used.call(4, { clientIp: "203.0.113.9" });
    used.clock.advance(1_000);
    await used.change({ trial: { ips: ["198.51.100.0/24"] } });
    await used.call(3, { clientIp: "198.51.100.7" });
    await used.call(2, { clientIp: "203.0.113.9" });
    await used.change({ enabled: false });
    await used.call(5, { clientIp: "203.0.113.9" });
    await used.checks.count();
    expect(await readCounts()).toMatchObject({
      since: new Date(used.clock.now()).toISOString(),
      judged: 5,
      wouldRefuse: 2,
      series: [
        { group: "IP_NOT_ALLOWED", total: 2 },
        { group: "VALID", total: 3 },
      ],
    });
    const tried = await denials({ keyId: used.keyId, trial: true });
    expect(tried.total).toBe(2);
    expect(tried.items).toMatchObject([{ code: "IP_NOT_ALLOWED" }, { code: "IP_NOT_ALLOWED" }]);
    expect((await denials({ keyId: used.keyId })).items.every(({ code }) => code === "KEY_DISABLED")).toBe(
      true,
    );
  });

  test("starts from zero for changed restrictions", async () => {
    await used.change({ trial: { ips: ["198.51.100.7"] } });
    await used.call(2, { clientIp: "203.0.113.9" });
    used.clock.advance(1_000);
    await used.change({ trial: { ips: ["198.51.100.8"] } });
    await used.call(1, { clientIp: "203.0.113.9" });
    await used.checks.count();
    expect(await readCounts()).toMatchObject({
      judged: 1,
      wouldRefuse: 1,
    });
    await used.change({ trial: null });
    expect(await readCounts()).toMatchObject({
      since: null,
      judged: 0,
      series: [],
    });
  });

  test("neither lists nor counts what replaced or dropped restrictions would have denied", async () => {
    await used.change({ trial: { ips: ["198.51.100.7"] } });
    await used.call(2, { clientIp: "203.0.113.9" });
    used.clock.advance(1_000);
    await used.change({ trial: { ips: ["198.51.100.8"] } });
    await used.call(1, { clientIp: "203.0.113.9" });
    await used.checks.count();
    const tried = await denials({ trial: true });
    expect([tried.total, tried.items.length]).toEqual([1, 1]);
    await used.change({ trial: null });
    expect(await denials({ trial: true })).toMatchObject({ total: 0, items: [] });
  });

  test("can be read however old it is, and says since when it is counted", async () => {
    await used.change({ trial: { ips: ["198.51.100.7"] } });
    const since = used.clock.now();
    await used.call(2, { clientIp: "203.0.113.9" });
    await used.checks.count();
    for (const days of [1, 2, 3, 83, 84, 85, 89, 90, 91, 99]) {
      used.clock.advance(since + days * DAY_MS - used.clock.now());
      const from = new Date(since).toISOString();
      expect((await denials({ trial: true, from })).total, `after ${days} days`).toBe(2);
      expect(await readCounts()).toMatchObject({ since: from, countedFrom: from, judged: 2 });
    }
    used.clock.advance(11 * DAY_MS);
    expect((await denials({ trial: true, from: new Date(since).toISOString() })).from).toBeTruthy();
    const { countedFrom, judged } = await readCounts();
    expect(judged).toBe(0);
    expect(Date.parse(countedFrom ?? "")).toBeCloseTo(used.clock.now() - 100 * DAY_MS, -7);
  });
});
