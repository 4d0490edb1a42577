import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  currentHour,
  dedupingReceiver,
  exportUsage,
  newExport,
  type Send,
} from "#test/billing-fixture.ts";
import type { ExportRequest } from "./adapters/adapter.ts";
import { updateBillingExport } from "./change.ts";
import { setBillingCustomer } from "./customers.ts";
import { getBillingExport, listHeldEvents } from "./read.ts";
import { reconcileBillingExport } from "./reconcile.ts";
import { replayBillingExport, resendHeldEvents } from "./resend.ts";
import { reconcileBillingExportSchema } from "./schema.ts";
import { EXPORT_WAITS_MS } from "./send.ts";
import type { SendResult } from "./work.ts";

let site: BillingSite;
let receiver: ReturnType<typeof dedupingReceiver>;

beforeEach(async () => {
  site = await billingSite();
  receiver = dedupingReceiver();
});

const OK: SendResult = { status: 204, body: "", retryAfterMs: null };
const take: Send = async (_, request) => {
  receiver.take(request);
  return OK;
};
const stateOf = (exportId: string) => getBillingExport({ ctx: site.ctx, input: { exportId } });
const reconcile = (exportId: string, fields: object = {}) =>
  reconcileBillingExport({
    ctx: site.ctx,
    input: reconcileBillingExportSchema.parse({ exportId, ...fields }),
  });
const heldOf = async (exportId: string) =>
  (await listHeldEvents({ ctx: site.ctx, input: { exportId, limit: 50 } })).items;
const count = (hoursAgo = 0, fields: object = {}) =>
  countUsage(site, [{ hour: currentHour(site) - hoursAgo * HOUR_MS, requests: 2, units: 6, ...fields }]);
const closeHour = () => site.clock.advance(HOUR_MS + 11 * 60_000);

test("an hour is exported when it is closed, denied requests left out, and what is counted later follows", async () => {
  const { id } = await newExport(site.ctx);
  await count();
  await count(0, { code: "RATE_LIMITED", units: 0 });
  site.clock.advance(59 * 60_000);
  await exportUsage(site, take);
  expect(receiver.requests).toEqual([]);
  closeHour();
  await exportUsage(site, take);
  expect(receiver.total()).toEqual({ requests: 2, units: 6 });
  await count(2, { requests: 1, units: 1 });
  await count(2, { code: "IP_NOT_ALLOWED", units: 0 });
  await exportUsage(site, take);
  expect(receiver.total()).toEqual({ requests: 3, units: 7 });
  const [first, second] = receiver.requests.flat();
  expect(second).toBe(`${first}.1`);
  const { lagSeconds, pendingEvents, lastSuccessAt } = await stateOf(id);
  expect({ lagSeconds, pendingEvents, lastSuccessAt }).toEqual({
    lagSeconds: 0,
    pendingEvents: 0,
    lastSuccessAt: iso(site.clock.now()),
  });
  expect((await reconcile(id)).total.balanced).toBe(true);
});

test("a receiver that is away for a day gets everything in order when it is back, and is asked ever more rarely", async () => {
  const { id } = await newExport(site.ctx);
  let attempts = 0;
  for (let minute = 0; minute < 24 * 60; minute += 10) {
    if (minute % 60 === 0) await count();
    site.clock.advance(10 * 60_000);
    await exportUsage(site, async () => {
      attempts++;
      return { error: "The connection was refused.", sent: false };
    });
  }
  expect(attempts).toBeLessThan(30);
  const state = await stateOf(id);
  expect(state.lastError?.message).toBe("The connection was refused.");
  expect(state.lagSeconds).toBeGreaterThan(20 * 3_600);
  expect(state.pendingEvents).toBeGreaterThan(20);
  site.clock.advance(EXPORT_WAITS_MS.at(-1) ?? 0);
  await exportUsage(site, take);
  expect(receiver.total()).toEqual({ requests: 48, units: 144 });
  const hours = [...receiver.seen.values()].map(({ hour }) => hour);
  expect(hours).toEqual([...hours].sort((a, b) => a - b));
  expect(await stateOf(id)).toMatchObject({ lagSeconds: 0, lastError: null });
});

test("Retry-After is respected up to an hour", async () => {
  await newExport(site.ctx);
  await count();
  closeHour();
  let attempts = 0;
  const busy: Send = async () => {
    attempts++;
    return { status: 429, body: "", retryAfterMs: 365 * DAY_MS };
  };
  await exportUsage(site, busy);
  site.clock.advance(59 * 60_000);
  await exportUsage(site, busy);
  expect(attempts).toBe(1);
  site.clock.advance(60_000);
  await exportUsage(site, busy);
  expect(attempts).toBe(2);
});

test("a receiver that finds a batch too large gets smaller ones", async () => {
  await newExport(site.ctx);
  const hour = currentHour(site);
  await countUsage(
    site,
    Array.from({ length: 60 }, (_, n) => ({ hour, keyId: `key_${n}` })),
  );
  closeHour();
  await exportUsage(site, async (url, request) => {
    const { length } = JSON.parse(request.body);
    return length > 10 ? { status: 413, body: "", retryAfterMs: null } : take(url, request);
  });
  expect(receiver.total().requests).toBe(60);
});

test("a paused export sends nothing, and continues where it was", async () => {
  const { id } = await newExport(site.ctx);
  await updateBillingExport({ ctx: site.ctx, input: { exportId: id, enabled: false } });
  await count();
  closeHour();
  await exportUsage(site, take);
  expect(receiver.requests).toEqual([]);
  await updateBillingExport({ ctx: site.ctx, input: { exportId: id, enabled: true } });
  await exportUsage(site, take);
  expect(receiver.total()).toEqual({ requests: 2, units: 6 });
});

test("a replay sends the same ids from its hour on, and usage before the export's first hour is added", async () => {
  for (const hoursAgo of [5, 3, 1]) await count(hoursAgo);
  const { id } = await newExport(site.ctx, { from: iso(currentHour(site) - 4 * HOUR_MS) });
  const hourAgo = (hours: number) => currentHour(site) - hours * HOUR_MS;
  site.clock.advance(11 * 60_000);
  await exportUsage(site, take);
  expect(receiver.requests.flat()).toHaveLength(2);
  const from = hourAgo(2);
  expect((await replayBillingExport({ ctx: site.ctx, input: { exportId: id, from } })).replaying).toBe(true);
  await exportUsage(site, take);
  expect(receiver.requests.flat()).toHaveLength(3);
  expect(receiver.total().requests).toBe(4);
  expect((await stateOf(id)).replaying).toBe(false);
  await replayBillingExport({ ctx: site.ctx, input: { exportId: id, from: hourAgo(6) } });
  expect((await reconcile(id, { interval: "hour" })).total.balanced).toBe(false);
  await exportUsage(site, take);
  expect(receiver.total().requests).toBe(6);
  expect((await reconcile(id, { interval: "hour" })).total).toMatchObject({
    balanced: true,
    acknowledged: { requests: 6, units: 18 },
  });
});

test("the API key is in no message, even if the receiver repeats it", async () => {
  const { id } = await newExport(site.ctx, { secret: "very-secret-key" });
  await count();
  closeHour();
  await exportUsage(site, async (_, { headers }: ExportRequest) => {
    return { status: 401, body: `unknown: ${JSON.stringify(headers)}`, retryAfterMs: null };
  });
  const state = await stateOf(id);
  expect(state.lastError?.message).toContain("It answered 401. unknown:");
  expect(JSON.stringify(state)).not.toContain("very-secret-key");
});

test("events without a customer wait for one, and delay no others; nobody is billed for null", async () => {
  const { ctx, projectId } = site;
  const { id } = await newExport(ctx, { adapter: "lago", secret: "key" });
  const lagoTake: Send = async () => OK;
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
      ? OK
      : lagoErrors({ 0: { transaction_id: ["value_already_exist"] }, 1: { code: ["metric_not_found"] } });
  });
  expect(sizes).toEqual([3, 1]);
  expect(await heldOf(id)).toMatchObject([
    { keyId: "key_2", reason: "rejected", detail: expect.stringContaining("metric") },
  ]);
  expect(await resendHeldEvents({ ctx, input: { exportId: id } })).toEqual({ events: 1 });
  await exportUsage(site, async () => OK);
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
