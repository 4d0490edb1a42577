import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "#test/key-with-traffic.ts";
import { disableApi } from "../../catalog/enablement/disable.ts";
import { dryRun } from "./dry-run.ts";
import { dryRunSchema } from "./schema.ts";
import { suggestRestrictions } from "./suggest.ts";

let used: KeyWithTraffic;
beforeEach(async () => {
  used = await createKeyWithTraffic();
});
afterEach(() => used.checks.end());

const run = (restrictions: object, days = 7) => {
  const { ctx, projectId, keyId } = used;
  return dryRun({ ctx, input: dryRunSchema.parse({ projectId, keyId, restrictions, days }) });
};
const suggest = (leaveOutRarest = 0) => {
  const { ctx, projectId, keyId } = used;
  return suggestRestrictions({ ctx, input: { projectId, keyId, leaveOutRarest } });
};

describe("a suggestion", () => {
  test("names where a key is used from and for what, with numbers, and denies nothing that was allowed", async () => {
    await used.call(5, { clientIp: "198.51.100.7" });
    await used.call(2, { clientIp: "203.0.113.9" });
    await used.checks.count();
    const { checks: seen, suggestion, why } = await suggest();
    expect(seen).toBe(7);
    expect(why).toBeNull();
    expect(suggestion).toMatchObject({
      sentence: "Used only from 198.51.100.7 and 1 other IP address or network, calling only badges.",
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

  test("can be saved as it is, and then nothing is left to suggest", async () => {
    await used.call(3, { clientIp: "198.51.100.7", origin: "https://shop.example.com" });
    await used.checks.count();
    const { suggestion } = await suggest();
    expect(suggestion?.restrictions).toMatchObject({
      referrers: ["https://shop.example.com"],
      apis: [{ api: "badges", operations: ["badges.list"] }],
    });
    await used.change({ restrictions: suggestion?.restrictions });
    expect(
      await used.checks.send({
        key: used.secret,
        api: "badges",
        operation: "badges.list",
        origin: "https://shop.example.com",
      }),
    ).toBe("VALID");
    expect(await suggest()).toMatchObject({ suggestion: null });
  });

  test("denies no request of the last 30 days, to the hour", async () => {
    used.clock.advance(23 * HOUR_MS);
    await used.call(1, { clientIp: "198.51.100.7" });
    used.clock.advance(29 * DAY_MS + 20 * HOUR_MS);
    await used.call(1, { clientIp: "203.0.113.9" });
    await used.checks.count();
    expect((await suggest()).suggestion?.restrictions.ips).toEqual(["198.51.100.7", "203.0.113.9"]);
  });

  test("never widens the current restrictions, and says how many requests those deny", async () => {
    await used.call(2, { clientIp: "203.0.113.7" });
    await used.call(3, { clientIp: "198.51.100.66" });
    await used.checks.count();
    await used.change({ restrictions: { ips: ["203.0.113.7"] } });
    const { suggestion, refusedAlready } = await suggest();
    expect(refusedAlready).toEqual({ atLeast: 3, atMost: 3 });
    expect(suggestion).toMatchObject({ restrictions: { ips: ["203.0.113.7"] }, wouldRefuse: 0 });
    // An existing list that stays is not a suggestion, and may not even describe the traffic.
    expect(suggestion?.sentence).toBe("Used for calling only badges.");
  });

  test("leaves out APIs that are no longer enabled, and names no deleted operation", async () => {
    await used.call(2, { clientIp: "203.0.113.7" });
    await used.call(1, { clientIp: "203.0.113.7", operation: "badges.sync" });
    await used.call(4, { clientIp: "203.0.113.7", api: "offers", operation: "offers.list" });
    await used.checks.count();
    const { db, projectId } = used;
    const { operations } = db.read.t;
    await db.write((tx) => tx.q.delete(operations).where(eq(operations.name, "badges.sync")));
    await disableApi({ ctx: used.ctx, input: { projectId, slug: "offers" } });
    const { suggestion, refusedAlready } = await suggest();
    expect(refusedAlready).toEqual({ atLeast: 4, atMost: 4 });
    expect(suggestion?.restrictions).toEqual({
      ...NO_RESTRICTIONS,
      ips: ["203.0.113.7"],
      apis: [{ api: "badges", operations: [] }],
    });
    await used.change({ restrictions: suggestion?.restrictions });
  });
});
