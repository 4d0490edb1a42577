import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import type { Mail } from "#domain/context.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "#test/key-with-traffic.ts";
import { ctxOf, makeMember, START } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { listNotifications } from "../list.ts";
import { sendNotificationMails } from "../mail.ts";
import { createWebhook } from "../webhooks/create.ts";
import { evaluateAlerts } from "./evaluate.ts";
import { createAlert, deleteAlert, listAlerts, updateAlert } from "./manage.ts";
import { createAlertSchema, updateAlertSchema } from "./schema.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const sealer = sealerWith("only-for-tests-only-for-tests-0123456789");

let fixture: KeyWithTraffic;
let system: Ctx;
let mails: Mail[];
beforeEach(async () => {
  fixture = await createKeyWithTraffic();
  mails = [];
  const sendMail = async (mail: Mail) => void mails.push(mail);
  system = { ...ctxOf(fixture.db, { kind: "system" }, { clock: fixture.clock }), sendMail };
});
afterEach(() => fixture.checks.end());

const alert = (rule: object, more: object = {}) => {
  const { ctx, projectId } = fixture;
  return createAlert({ ctx, input: createAlertSchema.parse({ projectId, rule, ...more }) });
};
/** Counts what was called, and evaluates. */
async function evaluate(): Promise<number> {
  await fixture.checks.count();
  return evaluateAlerts(system);
}
const notices = async (ctx = fixture.ctx) =>
  (await listNotifications({ ctx, input: { limit: 50, unread: false } })).items;
const kinds = async (ctx = fixture.ctx) => (await notices(ctx)).map(({ kind }) => kind);
const DENIED = { clientIp: "192.0.2.9" };
const ALLOWED = { clientIp: "203.0.113.9" };
const restricted = () =>
  fixture.change({
    restrictions: { ips: ["203.0.113.0/24"], referrers: [], apps: { android: [], ios: [] }, apis: [] },
  });

describe("the share of denied requests", () => {
  const rule = { kind: "denials", percent: 50, minRequests: 10, windowMinutes: 15 };
  beforeEach(restricted);

  test("fires once when it crosses the threshold, and again after it was below and an hour has passed", async () => {
    const { id } = await alert(rule);
    await fixture.call(5, ALLOWED);
    await fixture.call(4, DENIED);
    expect(await evaluate()).toBe(0);
    await fixture.call(2, DENIED);
    expect(await evaluate()).toBe(1);
    const [notice] = await notices();
    expect(notice).toMatchObject({
      kind: "alert.denials",
      title: "54% of requests of Chat were denied",
      data: { alertId: id, requests: 11, denied: 6, threshold: 50 },
      path: `/projects/${fixture.projectId}/denials`,
    });
    // It stays above: nothing more, however often it is evaluated and whatever time passes.
    for (let n = 0; n < 8; n++) {
      fixture.clock.advance(10 * MINUTE);
      await fixture.call(10, DENIED);
      expect(await evaluate()).toBe(0);
    }
    // Below for a while arms it again.
    fixture.clock.advance(20 * MINUTE);
    expect(await evaluate()).toBe(0);
    await fixture.call(10, DENIED);
    expect(await evaluate()).toBe(1);
  });

  test("never floods: a share that goes up and down fires at most once an hour", async () => {
    await alert({ ...rule, windowMinutes: 5 });
    let fired = 0;
    for (let minute = 0; minute < 120; minute += 10) {
      await fixture.call(10, DENIED);
      fired += await evaluate();
      fixture.clock.advance(6 * MINUTE);
      fired += await evaluate();
      fixture.clock.advance(4 * MINUTE);
    }
    expect(fired).toBe(2);
  });

  test("does not fire with fewer requests than the minimum", async () => {
    await alert(rule);
    await fixture.call(9, DENIED);
    expect(await evaluate()).toBe(0);
  });

  test("is evaluated by one process at a time, and fires once however many try", async () => {
    await alert(rule);
    await fixture.call(10, DENIED);
    await fixture.checks.count();
    const fired = await Promise.all([1, 2, 3].map(() => evaluateAlerts(system)));
    expect(fired.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await kinds()).toEqual(["alert.denials"]);
  });

  test("is evaluated again after a process died while it evaluated", async () => {
    await alert(rule);
    await fixture.call(10, DENIED);
    await fixture.checks.count();
    const { siteCounts } = fixture.db.read.t;
    const claimedUntil = fixture.clock.now() + 5 * MINUTE;
    await fixture.db.write(({ q }) => q.insert(siteCounts).values({ name: "alerts", claimedUntil }));
    expect(await evaluateAlerts(system)).toBe(0);
    fixture.clock.advance(5 * MINUTE);
    expect(await evaluateAlerts(system)).toBe(1);
  });
});

test("an evaluation that fails is done again for the same time, however long it fails", async () => {
  await alert({ kind: "dormant-key", days: 30 });
  await fixture.call(1);
  await evaluate();
  fixture.clock.advance(40 * DAY);
  await evaluate();
  await fixture.call(1);
  await fixture.checks.count();
  const select = vi.spyOn(fixture.db.read.q, "select").mockImplementation(() => {
    throw new Error("gone");
  });
  for (let n = 0; n < 3; n++) {
    await expect(evaluateAlerts(system)).rejects.toThrow("gone");
    fixture.clock.advance(10 * MINUTE);
  }
  select.mockRestore();
  expect(await evaluateAlerts(system)).toBe(1);
});

test("an evaluation that takes too long leaves the claim to the process that took it over", async () => {
  await alert({ kind: "dormant-key", days: 30 });
  await fixture.call(1);
  await fixture.checks.count();
  const { siteCounts } = fixture.db.read.t;
  const theirs = fixture.clock.now() + DAY;
  let writes = 0;
  const db: Db = {
    ...fixture.db,
    write: async (work) => {
      const result = await fixture.db.write(work);
      if (writes++ === 0) {
        fixture.clock.advance(6 * MINUTE);
        await fixture.db.write(({ q }) => q.update(siteCounts).set({ claimedUntil: theirs }));
      }
      return result;
    },
  };
  await evaluateAlerts({ ...system, db });
  const [stored] = await fixture.db.read.q.select().from(siteCounts);
  expect(stored).toMatchObject({ claimedUntil: theirs, countedAt: null });
});

describe("a quota", () => {
  test("of a key fires at any percentage, once per period and limit", async () => {
    await fixture.change({ limits: { rate: null, quota: { limit: 20, period: "day" } } });
    await alert({ kind: "quota", percent: 25 });
    await fixture.call(4);
    expect(await evaluate()).toBe(0);
    await fixture.call(1);
    expect(await evaluate()).toBe(1);
    expect(await notices()).toMatchObject([
      {
        kind: "alert.quota",
        title: `${await nameOfKey()} has used 25% of its daily quota`,
        data: { used: 5, limit: 20, threshold: 25 },
      },
    ]);
    await fixture.call(3);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(DAY);
    await fixture.call(5);
    expect(await evaluate()).toBe(1);
    await fixture.change({ limits: { rate: null, quota: { limit: 10, period: "day" } } });
    expect(await evaluate()).toBe(1);
  });
});

const nameOfKey = async () => {
  const { keys } = fixture.db.read.t;
  const [row] = await fixture.db.read.q.select().from(keys).where(eq(keys.id, fixture.keyId));
  return row?.name ?? "";
};

describe("a key used from a new network", () => {
  test("fires for owners only, once for each network, and not on the first day", async () => {
    const viewer = await makeMember(fixture.db, fixture.projectId, "developer");
    await alert({ kind: "new-network" });
    await fixture.call(1, { clientIp: "203.0.113.9" });
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(DAY);
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
    fixture.clock.advance(HOUR);
    await fixture.call(1, { clientIp: "192.0.2.2" });
    await fixture.call(1, { clientIp: "198.51.100.1" });
    expect(await evaluate()).toBe(1);
    expect((await notices())[0]?.data).toMatchObject({ networks: "192.0.2.0/24", count: 1 });
    fixture.clock.advance(DAY);
    await fixture.call(1, { clientIp: "198.51.100.1" });
    expect(await evaluate()).toBe(0);
  });
});

describe("a network that is seen while the key must not fire again", () => {
  beforeEach(async () => {
    await alert({ kind: "new-network" });
    await fixture.call(1, { clientIp: "203.0.113.9" });
    fixture.clock.advance(DAY);
    await fixture.call(1, { clientIp: "198.51.100.7" });
    expect(await evaluate()).toBe(1);
    fixture.clock.advance(20 * MINUTE);
    await fixture.call(1, { clientIp: "192.0.2.1" });
    expect(await evaluate()).toBe(0);
  });

  test("fires once afterwards, though nobody uses the key again", async () => {
    fixture.clock.advance(39 * MINUTE);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(MINUTE);
    expect(await evaluate()).toBe(1);
    expect((await notices())[0]?.data).toMatchObject({ networks: "192.0.2.0/24", count: 1 });
    for (let n = 0; n < 3; n++) {
      expect(await evaluate()).toBe(0);
      fixture.clock.advance(HOUR);
    }
  });

  test("is not waited for once the key is revoked", async () => {
    const { alertStates, keys } = fixture.db.read.t;
    await fixture.db.write(({ q }) => q.update(keys).set({ revokedAt: 1 }));
    fixture.clock.advance(HOUR);
    expect(await evaluate()).toBe(0);
    expect((await fixture.db.read.q.select().from(alertStates)).map(({ armed }) => armed)).toEqual([true]);
  });
});

describe("a dormant key", () => {
  test("fires when it is used after so many days, once", async () => {
    await alert({ kind: "dormant-key", days: 30 });
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(30 * DAY);
    expect(await evaluate()).toBe(0);
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(31 * DAY);
    expect(await evaluate()).toBe(0);
    await fixture.call(1);
    expect(await evaluate()).toBe(1);
    expect((await notices())[0]).toMatchObject({ kind: "alert.dormant-key", data: { days: 30 } });
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
    fixture.clock.advance(DAY);
    await fixture.call(1);
    expect(await evaluate()).toBe(0);
  });

  test("that wakes just before midnight fires once", async () => {
    await alert({ kind: "dormant-key", days: 7 });
    fixture.clock.set(START + 20 * DAY + 12 * HOUR - MINUTE);
    await fixture.call(1);
    let fired = await evaluate();
    for (let n = 0; n < 6; n++) {
      fixture.clock.advance(5 * MINUTE);
      await fixture.call(1);
      fired += await evaluate();
    }
    expect(fired).toBe(1);
  });
});

describe("destinations", () => {
  const rule = { kind: "denials", percent: 1, minRequests: 1, windowMinutes: 5 };
  const deliveries = async () => fixture.db.read.q.select().from(fixture.db.read.t.deliveries);
  beforeEach(async () => {
    await restricted();
    const ctx = { ...fixture.ctx, sealer };
    const { projectId } = fixture;
    await createWebhook({ ctx, input: { projectId, url: "https://example.com/hook", kinds: [] } });
  });

  test.each([
    [
      { bell: true, mail: true, webhooks: true },
      { unread: 1, mails: 1, deliveries: 1 },
    ],
    [
      { bell: true, mail: false, webhooks: false },
      { unread: 1, mails: 0, deliveries: 0 },
    ],
    [
      { bell: false, mail: true, webhooks: false },
      { unread: 0, mails: 1, deliveries: 0 },
    ],
    [
      { bell: false, mail: false, webhooks: true },
      { unread: 0, mails: 0, deliveries: 1 },
    ],
  ])("%j are the only ones that get it", async (chosen, expected) => {
    await alert(rule, chosen);
    await fixture.call(1, DENIED);
    expect(await evaluate()).toBe(1);
    const { sendMail, settings, now } = system;
    if (sendMail) await sendNotificationMails({ db: fixture.db, sendMail, settings, now });
    const { unread } = await listNotifications({ ctx: fixture.ctx, input: { limit: 50, unread: false } });
    expect({ unread, mails: mails.length, deliveries: (await deliveries()).length }).toEqual(expected);
  });

  test("none at all are rejected", async () => {
    const none = { bell: false, mail: false, webhooks: false };
    await expect(alert(rule, none)).rejects.toMatchObject({ code: "invalid" });
  });
});

test("a disabled or deleted alert, and one of a deleted project, never fires", async () => {
  await restricted();
  const rule = { kind: "denials", percent: 1, minRequests: 1, windowMinutes: 5 };
  const { ctx, projectId } = fixture;
  const disabled = await alert(rule);
  const deleted = await alert(rule);
  const input = updateAlertSchema.parse({ projectId, alertId: disabled.id, enabled: false });
  expect(await updateAlert({ ctx, input })).toMatchObject({ enabled: false });
  await deleteAlert({ ctx, input: { projectId, alertId: deleted.id } });
  await fixture.call(5, DENIED);
  expect(await evaluate()).toBe(0);
  expect((await listAlerts({ ctx, input: { projectId } })).items.map(({ id }) => id)).toEqual([disabled.id]);
  await updateAlert({ ctx, input: { ...input, enabled: true } });
  const { projects } = fixture.db.read.t;
  await fixture.db.write(({ q }) =>
    q.update(projects).set({ deletedAt: 1 }).where(eq(projects.id, projectId)),
  );
  expect(await evaluate()).toBe(0);
});

test("a project has at most 20 alerts, even if two are created at once", async () => {
  const rule = { kind: "new-network" };
  for (let n = 0; n < 19; n++) await alert(rule);
  const results = await Promise.allSettled([alert(rule), alert(rule)]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
