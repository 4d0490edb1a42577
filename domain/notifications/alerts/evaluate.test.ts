import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { type AlertSite, alertHelpers, alertSite, DENIED } from "#test/alert-fixture.ts";
import type { KeyWithTraffic } from "#test/key-with-traffic.ts";
import type { Ctx } from "../../context.ts";
import { evaluateAlerts } from "./evaluate.ts";

const rule = { kind: "denials", percent: 50, minRequests: 10, windowMinutes: 15 };

let site: AlertSite;
let fixture: KeyWithTraffic;
let system: Ctx;
beforeEach(async () => {
  site = await alertSite();
  ({ fixture, system } = site);
});
afterEach(() => fixture.checks.end());

const { alert, evaluate, kinds, restrict } = alertHelpers(() => site);

test("alerts are evaluated by one process at a time, and fire once however many try", async () => {
  await restrict();
  await alert(rule);
  await fixture.call(10, DENIED);
  await fixture.checks.count();
  const fired = await Promise.all([1, 2, 3].map(() => evaluateAlerts(system)));
  expect(fired.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(await kinds()).toEqual(["alert.denials"]);
});

test("alerts are evaluated again after a process died while it evaluated", async () => {
  await restrict();
  await alert(rule);
  await fixture.call(10, DENIED);
  await fixture.checks.count();
  const { siteCounts } = fixture.db.read.t;
  const claimedUntil = fixture.clock.now() + 5 * MINUTE_MS;
  await fixture.db.write(({ q }) => q.insert(siteCounts).values({ name: "alerts", claimedUntil }));
  expect(await evaluateAlerts(system)).toBe(0);
  fixture.clock.advance(5 * MINUTE_MS);
  expect(await evaluateAlerts(system)).toBe(1);
});

test("an evaluation that fails is done again for the same time, however long it fails", async () => {
  await alert({ kind: "dormant-key", days: 30 });
  await fixture.call(1);
  await evaluate();
  fixture.clock.advance(40 * DAY_MS);
  await evaluate();
  await fixture.call(1);
  await fixture.checks.count();
  const select = vi.spyOn(fixture.db.read.q, "select").mockImplementation(() => {
    throw new Error("gone");
  });
  for (let n = 0; n < 3; n++) {
    await expect(evaluateAlerts(system)).rejects.toThrow("gone");
    fixture.clock.advance(10 * MINUTE_MS);
  }
  select.mockRestore();
  expect(await evaluateAlerts(system)).toBe(1);
});

test("an evaluation that takes too long leaves the claim to the process that took it over", async () => {
  await alert({ kind: "dormant-key", days: 30 });
  await fixture.call(1);
  await fixture.checks.count();
  const { siteCounts } = fixture.db.read.t;
  const theirs = fixture.clock.now() + DAY_MS;
  let writes = 0;
  const db: Db = {
    ...fixture.db,
    write: async (work) => {
      const result = await fixture.db.write(work);
      if (writes++ === 0) {
        fixture.clock.advance(6 * MINUTE_MS);
        await fixture.db.write(({ q }) => q.update(siteCounts).set({ claimedUntil: theirs }));
      }
      return result;
    },
  };
  await evaluateAlerts({ ...system, db });
  const [stored] = await fixture.db.read.q.select().from(siteCounts);
  expect(stored).toMatchObject({ claimedUntil: theirs, countedAt: null });
});
