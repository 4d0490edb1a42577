import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import { type AlertSite, alertHelpers, alertSite } from "#test/alert-fixture.ts";
import type { KeyWithTraffic } from "#test/key-with-traffic.ts";
import { ctxOf, makeMember, START } from "#test/people.ts";

let site: AlertSite;
let fixture: KeyWithTraffic;
beforeEach(async () => {
  site = await alertSite();
  ({ fixture } = site);
});
afterEach(() => fixture.checks.end());

const { alert, evaluate, notices, kinds } = alertHelpers(() => site);

describe("a key used from a new network", () => {
  test("fires for owners only, once for each network, and not on the first day", async () => {
    const viewer = await makeMember(fixture.db, fixture.projectId, "developer");
    await alert({ kind: "new-network" });
    await fixture.call(1, { clientIp: "203.0.113.9" });
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(DAY_MS);
    await fixture.call(1, { clientIp: "203.0.113.200" });
    expect(await evaluate()).toBe(0);
    await fixture.call(1, { clientIp: "198.51.100.7" });
    await fixture.call(1, { clientIp: "2001:db8:1:2::5" });
    expect(await evaluate()).toBe(1);
    const [notice] = await notices();
    expect(notice?.data).toMatchObject({ count: 2 });
    expect(String(notice?.data.networks).split(", ").sort()).toEqual(["198.51.100.0/24", "2001:db8:1::/48"]);
    expect(await kinds(ctxOf(fixture.db, viewer, { clock: fixture.clock }))).toEqual([]);
    // Known from now on; another one within the hour waits until it has passed.
    await fixture.call(1, { clientIp: "198.51.100.99" });
    await fixture.call(1, { clientIp: "192.0.2.1" });
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(HOUR_MS);
    await fixture.call(1, { clientIp: "192.0.2.2" });
    await fixture.call(1, { clientIp: "198.51.100.1" });
    expect(await evaluate()).toBe(1);
    expect((await notices())[0]?.data).toMatchObject({ networks: "192.0.2.0/24", count: 1 });
    fixture.clock.advance(DAY_MS);
    await fixture.call(1, { clientIp: "198.51.100.1" });
    expect(await evaluate()).toBe(0);
  });
});

describe("a network that is seen while the key must not fire again", () => {
  beforeEach(async () => {
    await alert({ kind: "new-network" });
    await fixture.call(1, { clientIp: "203.0.113.9" });
    fixture.clock.advance(DAY_MS);
    await fixture.call(1, { clientIp: "198.51.100.7" });
    expect(await evaluate()).toBe(1);
    fixture.clock.advance(20 * MINUTE_MS);
    await fixture.call(1, { clientIp: "192.0.2.1" });
    expect(await evaluate()).toBe(0);
  });

  test("fires once afterwards, though nobody uses the key again", async () => {
    fixture.clock.advance(39 * MINUTE_MS);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(MINUTE_MS);
    expect(await evaluate()).toBe(1);
    expect((await notices())[0]?.data).toMatchObject({ networks: "192.0.2.0/24", count: 1 });
    for (let n = 0; n < 3; n++) {
      expect(await evaluate()).toBe(0);
      fixture.clock.advance(HOUR_MS);
    }
  });

  test("is not waited for once the key is revoked", async () => {
    const { alertStates, keys } = fixture.db.read.t;
    await fixture.db.write(({ q }) => q.update(keys).set({ revokedAt: 1 }));
    fixture.clock.advance(HOUR_MS);
    expect(await evaluate()).toBe(0);
    expect((await fixture.db.read.q.select().from(alertStates)).map(({ armed }) => armed)).toEqual([true]);
  });
});

describe("a dormant key", () => {
  test("fires when it is used after so many days, once", async () => {
    await alert({ kind: "dormant-key", days: 30 });
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(30 * DAY_MS);
    expect(await evaluate()).toBe(0);
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(31 * DAY_MS);
    expect(await evaluate()).toBe(0);
    await fixture.call(1);
    expect(await evaluate()).toBe(1);
    expect((await notices())[0]).toMatchObject({ kind: "alert.dormant-key", data: { days: 30 } });
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(DAY_MS);
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
  });

  test("that is used again just before midnight fires once", async () => {
    await alert({ kind: "dormant-key", days: 7 });
    fixture.clock.set(START + 20 * DAY_MS + 12 * HOUR_MS - MINUTE_MS);
    await fixture.call(1);
    let fired = await evaluate();
    for (let n = 0; n < 6; n++) {
      fixture.clock.advance(5 * MINUTE_MS);
      await fixture.call(1);
      fired += await evaluate();
    }
    expect(fired).toBe(1);
  });
});
