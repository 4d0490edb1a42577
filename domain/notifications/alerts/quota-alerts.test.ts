import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { type AlertSite, alertHelpers, alertSite } from "#test/alert-fixture.ts";
import type { KeyWithTraffic } from "#test/key-with-traffic.ts";
import { makePlan, subscribeTo } from "#test/plans.ts";
import { evaluateAlerts } from "./evaluate.ts";

let site: AlertSite;
let fixture: KeyWithTraffic;
beforeEach(async () => {
  site = await alertSite();
  ({ fixture } = site);
});
afterEach(() => fixture.checks.end());

const { alert, evaluate, notices } = alertHelpers(() => site);

describe("quotas that are changed or shared", () => {
  const setQuota = (limit: number) =>
    fixture.change({ limits: { rate: null, quota: { limit, period: "day" } } });

  test("an alert fires at most three times an hour for one quota, however often its limit changes", async () => {
    await alert({ kind: "quota", percent: 10 });
    await fixture.call(10);
    let fired = 0;
    for (let limit = 20; limit < 30; limit++) {
      await setQuota(limit);
      fired += await evaluate();
    }
    expect(fired).toBe(3);
    fixture.clock.advance(HOUR_MS);
    await fixture.call(1);
    expect(await evaluate()).toBe(1);
  });

  test("the quota of a plan fires with the name of its limit, once per period", async () => {
    const { db, projectId } = fixture;
    const [api] = await db.read.q.select().from(db.read.t.apis).where(eq(db.read.t.apis.slug, "badges"));
    const quota = { limit: 10, period: "month" as const };
    const terms = { limits: [{ name: "lists", operations: "badges.l*", rate: null, quota }] };
    await db.write(({ q, t }) =>
      q.update(t.apis).set({ name: "Badges API" }).where(eq(t.apis.slug, "badges")),
    );
    await subscribeTo(db, projectId, await makePlan(db, api?.id ?? "", { slug: "pro", terms }));
    await alert({ kind: "quota", percent: 50 });
    await fixture.call(4);
    await fixture.call(4, { operation: "badges.sync" });
    expect(await evaluate()).toBe(0);
    await fixture.call(1);
    expect(await evaluate()).toBe(1);
    expect(await evaluate()).toBe(0);
    expect(await notices()).toMatchObject([
      {
        title: "Chat has used 50% of its monthly quota “lists” of Badges API",
        data: {
          scope: "plan",
          api: "badges",
          apiName: "Badges API",
          plan: "pro",
          policy: "lists",
          used: 5,
          limit: 10,
        },
      },
    ]);
  });

  test("more alerts of a project read no more usage", async () => {
    await setQuota(1_000);
    const { db } = fixture;
    const queries = async () => {
      await fixture.call(1);
      await fixture.checks.count();
      const select = vi.spyOn(db.read.q, "select");
      await evaluateAlerts(site.system);
      const count = select.mock.calls.length;
      select.mockRestore();
      return count;
    };
    await alert({ kind: "quota", percent: 50 });
    const one = await queries();
    for (let percent = 51; percent < 60; percent++) await alert({ kind: "quota", percent });
    // What is read at intervals may come in between; a query for each of the nine would be more.
    expect(await queries()).toBeLessThan(one + 9);
  });
});
