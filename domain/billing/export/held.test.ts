import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  currentHour,
  EXPORT_OK,
  exportHelpers,
  exportUsage,
  newExport,
  type Send,
} from "#test/billing-fixture.ts";
import { setBillingCustomer } from "./customers.ts";
import { replayBillingExport, resendHeldEvents } from "./resend.ts";
import type { SendResult } from "./run-exports.ts";

let site: BillingSite;
beforeEach(async () => {
  site = await billingSite();
});

const { stateOf, reconcile, heldOf, count, closeHour } = exportHelpers(() => site);

test("events without a customer wait for one, and delay no others; nobody is billed for null", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "lago", secret: "key" });
  const lagoTake: Send = async () => EXPORT_OK;
  await count();
  closeHour();
  await exportUsage(site, lagoTake);
  expect(await heldOf(id)).toMatchObject([{ reason: "no-customer", units: 6, projectName: "Shop" }]);
  expect((await reconcile(id)).total).toMatchObject({ balanced: false, held: { units: 6 } });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "sub_1" } });
  await exportUsage(site, lagoTake);
  expect(await heldOf(id)).toEqual([]);
  expect((await reconcile(id)).total).toMatchObject({ balanced: true, acknowledged: { units: 6 } });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: null } });
  await count();
  closeHour();
  await exportUsage(site, () => expect.unreachable("nobody is billed"));
  expect((await reconcile(id)).total).toMatchObject({
    balanced: true,
    acknowledged: { units: 6 },
    notBilled: { units: 6 },
  });
});

const lagoErrors = (error_details: object): SendResult => ({
  status: 422,
  body: JSON.stringify({ status: 422, error: "Unprocessable Entity", error_details }),
  retryAfterMs: null,
});

test("of a batch that Lago partly has and partly rejects, the rest is stored and the rejected are held", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "lago", secret: "key" });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "sub_1" } });
  const hour = currentHour(site);
  await countUsage(
    site,
    [1, 2, 3].map((n) => ({ hour, keyId: `key_${n}`, units: n })),
  );
  closeHour();
  const sizes: number[] = [];
  await exportUsage(site, async (_, { body }) => {
    sizes.push(JSON.parse(body).events.length);
    return sizes.length > 1
      ? EXPORT_OK
      : lagoErrors({ 0: { transaction_id: ["value_already_exist"] }, 1: { code: ["metric_not_found"] } });
  });
  expect(sizes).toEqual([3, 1]);
  expect(await heldOf(id)).toMatchObject([
    { keyId: "key_2", reason: "rejected", detail: expect.stringContaining("metric") },
  ]);
  expect(await resendHeldEvents({ ctx, input: { exportId: id } })).toEqual({ events: 1 });
  await exportUsage(site, async () => EXPORT_OK);
  expect((await reconcile(id)).total.balanced).toBe(true);
});

test("a receiver that rejects every event has wrong settings: the events wait", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "stripe", secret: "sk_1" });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "cus_1" } });
  const hour = currentHour(site);
  await countUsage(
    site,
    Array.from({ length: 40 }, (_, n) => ({ hour, keyId: `key_${n}` })),
  );
  closeHour();
  await exportUsage(site, async () => ({
    status: 400,
    body: JSON.stringify({ error: { message: "No such meter" } }),
    retryAfterMs: null,
  }));
  const { heldEvents, pendingEvents, lastError } = await stateOf(id);
  expect({ heldEvents, pendingEvents }).toEqual({ heldEvents: 10, pendingEvents: 30 });
  expect(lastError?.message).toBe("It rejects every event: No such meter");
});

test("an event that Stripe may have is sent again within its memory of ids, and held after that", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "stripe", secret: "sk_1" });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "cus_1" } });
  await count();
  await count(0, { keyId: "key_2" });
  closeHour();
  const silent: Send = async () => ({ error: "It did not respond in time.", sent: true });
  await exportUsage(site, silent);
  site.clock.advance(25 * HOUR_MS);
  const identifiers: string[] = [];
  const stripeTake: Send = async (_, { body }) => {
    identifiers.push(new URLSearchParams(body).get("identifier") ?? "");
    return { status: 200, body: "{}", retryAfterMs: null };
  };
  await exportUsage(site, stripeTake);
  // The first may be there already; the second was never sent.
  expect(identifiers).toHaveLength(1);
  expect(await heldOf(id)).toMatchObject([{ keyId: "key_1", reason: "uncertain" }]);
  await resendHeldEvents({ ctx, input: { exportId: id } });
  await exportUsage(site, stripeTake);
  expect(identifiers).toHaveLength(2);
  expect((await reconcile(id)).total.balanced).toBe(true);
});

test("Stripe: failed connections make nothing uncertain, hours older than 35 days are held, free requests cost nothing", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, {
    adapter: "stripe",
    secret: "sk_1",
    from: iso(currentHour(site) - 40 * DAY_MS),
  });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "cus_1" } });
  await count(36 * 24);
  await count(1);
  await count(1, { keyId: "key_2", units: 0 });
  const failToConnect: Send = async () => ({ error: "The connection was refused.", sent: false });
  site.clock.advance(11 * 60_000);
  await exportUsage(site, failToConnect);
  site.clock.advance(30 * HOUR_MS);
  let sent = 0;
  await exportUsage(site, async () => {
    sent++;
    return { status: 200, body: "{}", retryAfterMs: null };
  });
  expect(sent).toBe(1);
  expect(await heldOf(id)).toMatchObject([{ reason: "too-old" }]);
  await expect(
    replayBillingExport({ ctx, input: { exportId: id, from: currentHour(site) - 33 * HOUR_MS } }),
  ).rejects.toThrow("24 hours only");
});

test("an event that Stripe may have stays uncertain when later attempts are denied or others are sent again", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "stripe", secret: "sk_1" });
  const customer = { exportId: id, projectId, customer: "cus_1" };
  const setCustomer = () => setBillingCustomer({ ctx, input: customer });
  await count();
  closeHour();
  // Held without a customer.
  await exportUsage(site, () => expect.unreachable("nobody is billed"));
  await setCustomer();
  const reject: Send = async () => ({
    status: 400,
    body: JSON.stringify({ error: { message: "No such customer" } }),
    retryAfterMs: null,
  });
  await exportUsage(site, reject);
  await count(0, { keyId: "key_2" });
  closeHour();
  await exportUsage(site, async () => ({ error: "It did not respond in time.", sent: true }));
  site.clock.advance(HOUR_MS);
  await exportUsage(site, async () => ({ error: "The connection was refused.", sent: false }));
  site.clock.advance(25 * HOUR_MS);
  await resendHeldEvents({ ctx, input: { exportId: id } });
  let sent = 0;
  await exportUsage(site, async () => {
    sent++;
    return { status: 200, body: "{}", retryAfterMs: null };
  });
  expect(sent).toBe(1);
  expect(await heldOf(id)).toMatchObject([{ keyId: "key_2", reason: "uncertain" }]);
});

test("a replay from before the export's start bills the earlier usage once, however long it takes", async () => {
  const { ctx, projectId } = site;
  const url = "https://stripe.example/meter";
  const { id } = await newExport(ctx, { adapter: "stripe", secret: "sk_1", url });
  // Another export began earlier: its events are there.
  await newExport(ctx, { from: iso(currentHour(site) - 6 * HOUR_MS) });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "cus_1" } });
  const first = currentHour(site) - 4 * HOUR_MS;
  for (const hoursAgo of [4, 3, 0]) await count(hoursAgo);
  closeHour();
  const identifiers: string[] = [];
  let isAway = false;
  const send: Send = async (to, { body }) => {
    if (to !== url) return EXPORT_OK;
    if (isAway && identifiers.length > 1) return { error: "The connection was refused.", sent: false };
    identifiers.push(new URLSearchParams(body).get("identifier") ?? "");
    return { status: 200, body: "{}", retryAfterMs: null };
  };
  await exportUsage(site, send);
  expect(identifiers).toHaveLength(1);
  site.clock.advance(20 * HOUR_MS);
  await replayBillingExport({ ctx, input: { exportId: id, from: first } });
  isAway = true;
  await exportUsage(site, send);
  expect(identifiers).toHaveLength(2);
  site.clock.advance(60_000);
  expect(await stateOf(id)).toMatchObject({ exportedUntil: iso(first + HOUR_MS), lagSeconds: 60 });
  // The receiver is back when it has forgotten the ids of what it had before.
  isAway = false;
  site.clock.advance(25 * HOUR_MS);
  await exportUsage(site, send);
  expect(new Set(identifiers).size).toBe(3);
  expect(identifiers).toHaveLength(3);
  // And the same again, long after: nothing is billed twice.
  await replayBillingExport({ ctx, input: { exportId: id, from: first - HOUR_MS } });
  await exportUsage(site, send);
  expect(identifiers).toHaveLength(3);
  expect((await reconcile(id)).total).toMatchObject({ balanced: true, acknowledged: { units: 18 } });
});

test("what Stripe took stays acknowledged if it rejects the replay, or if nobody is billed by then", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "stripe", secret: "sk_1" });
  const setCustomer = (customer: string | null) =>
    setBillingCustomer({ ctx, input: { exportId: id, projectId, customer } });
  await setCustomer("cus_1");
  const hour = currentHour(site);
  await count();
  closeHour();
  const answer = (status: number, body: object): Send => {
    return async () => ({ status, body: JSON.stringify(body), retryAfterMs: null });
  };
  const replay = async (send: Send) => {
    await replayBillingExport({ ctx, input: { exportId: id, from: hour } });
    await exportUsage(site, send);
  };
  await exportUsage(site, answer(200, {}));
  const acknowledged = { balanced: true, acknowledged: { units: 6, requests: 2 }, notBilled: { units: 0 } };
  await replay(answer(400, { error: { message: "No such customer: 'cus_1'" } }));
  expect(await heldOf(id)).toMatchObject([{ reason: "rejected", detail: "No such customer: 'cus_1'" }]);
  expect((await reconcile(id)).total).toMatchObject({ ...acknowledged, held: { units: 6 } });
  // It waits to be sent again, and is rejected again.
  await resendHeldEvents({ ctx, input: { exportId: id } });
  expect((await reconcile(id)).total).toMatchObject(acknowledged);
  await exportUsage(site, answer(400, { error: { message: "No such customer" } }));
  expect((await reconcile(id)).total).toMatchObject({ ...acknowledged, held: { units: 6 } });
  await setCustomer(null);
  await exportUsage(site, () => expect.unreachable("nobody is billed"));
  expect((await reconcile(id)).total).toMatchObject({ ...acknowledged, held: { units: 0 } });
  await setCustomer("cus_2");
  await replay(answer(200, {}));
  expect(await heldOf(id)).toEqual([]);
  expect((await reconcile(id)).total).toMatchObject(acknowledged);
});

test("a replay that takes longer than Stripe remembers ids leaves out what Stripe has", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "stripe", secret: "sk_1" });
  await setBillingCustomer({ ctx, input: { exportId: id, projectId, customer: "cus_1" } });
  const hour = currentHour(site);
  await count();
  closeHour();
  let sent = 0;
  const stripeTake: Send = async () => {
    sent++;
    return { status: 200, body: "{}", retryAfterMs: null };
  };
  await exportUsage(site, stripeTake);
  site.clock.advance(20 * HOUR_MS);
  await replayBillingExport({ ctx, input: { exportId: id, from: hour } });
  await exportUsage(site, async () => ({ error: "The connection was refused.", sent: false }));
  site.clock.advance(5 * HOUR_MS);
  await exportUsage(site, stripeTake);
  expect(sent).toBe(1);
  expect(await stateOf(id)).toMatchObject({ replaying: false, pendingEvents: 0, heldEvents: 0 });
  expect((await reconcile(id)).total.balanced).toBe(true);
});
