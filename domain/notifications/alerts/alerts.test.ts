import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { ALLOWED, type AlertSite, alertHelpers, alertSite, DENIED } from "#test/alert-fixture.ts";
import type { KeyWithTraffic } from "#test/key-with-traffic.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import type { Ctx } from "../../context.ts";
import { listNotifications } from "../list.ts";
import { sendNotificationMails } from "../mail.ts";
import { createWebhook } from "../webhooks/create.ts";
import { deleteAlert, listAlerts, updateAlert } from "./manage.ts";
import { updateAlertSchema } from "./schema.ts";

const sealer = sealerWith("only-for-tests-only-for-tests-0123456789");

let site: AlertSite;
let fixture: KeyWithTraffic;
let system: Ctx;
beforeEach(async () => {
  site = await alertSite();
  ({ fixture, system } = site);
});
afterEach(() => fixture.checks.end());

const { alert, evaluate, notices, restrict } = alertHelpers(() => site);

describe("the share of denied requests", () => {
  const rule = { kind: "denials", percent: 50, minRequests: 10, windowMinutes: 15 };
  beforeEach(() => restrict());

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
      fixture.clock.advance(10 * MINUTE_MS);
      await fixture.call(10, DENIED);
      expect(await evaluate()).toBe(0);
    }
    // Below for a while arms it again.
    fixture.clock.advance(20 * MINUTE_MS);
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
      fixture.clock.advance(6 * MINUTE_MS);
      fired += await evaluate();
      fixture.clock.advance(4 * MINUTE_MS);
    }
    expect(fired).toBe(2);
  });

  test("does not fire with fewer requests than the minimum", async () => {
    await alert(rule);
    await fixture.call(9, DENIED);
    expect(await evaluate()).toBe(0);
  });
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
    fixture.clock.advance(DAY_MS);
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

describe("destinations", () => {
  const rule = { kind: "denials", percent: 1, minRequests: 1, windowMinutes: 5 };
  const deliveries = async () => fixture.db.read.q.select().from(fixture.db.read.t.deliveries);
  beforeEach(async () => {
    await restrict();
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
    expect({ unread, mails: site.mails.length, deliveries: (await deliveries()).length }).toEqual(expected);
  });

  test("none at all are rejected", async () => {
    const none = { bell: false, mail: false, webhooks: false };
    await expect(alert(rule, none)).rejects.toMatchObject({ code: "invalid" });
  });
});

test("a disabled or deleted alert, and one of a deleted project, never fires", async () => {
  await restrict();
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

test("changing an alert does not undo that it fires at that moment", async () => {
  const { ctx, db, projectId } = fixture;
  const { id } = await alert({ kind: "new-network" });
  let updating: Promise<unknown> | undefined;
  await db.write(async ({ q, t: { alerts } }) => {
    await q.update(alerts).set({ lastFiredAt: fixture.clock.now() });
    updating = updateAlert({
      ctx,
      input: updateAlertSchema.parse({ projectId, alertId: id, mail: false }),
    });
    // It waits for the alert's row. On SQLite it waits to begin.
    if (db.dialect === "postgres") await expect.poll(() => waitingForLocks(db), { timeout: 10_000 }).toBe(1);
  });
  await updating;
  const [changed] = (await listAlerts({ ctx, input: { projectId } })).items;
  expect(changed).toMatchObject({ mail: false, lastFiredAt: new Date(fixture.clock.now()).toISOString() });
});

test("a project has at most 20 alerts, even if two are created at once", async () => {
  const rule = { kind: "new-network" };
  for (let n = 0; n < 19; n++) await alert(rule);
  const results = await Promise.allSettled([alert(rule), alert(rule)]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
