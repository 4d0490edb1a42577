import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  currentHour,
  dedupingReceiver,
  EXPORT_OK,
  exportHelpers,
  exportUsage,
  newExport,
  type Send,
} from "#test/billing-fixture.ts";
import type { ExportRequest } from "./adapters/adapter.ts";
import { setBillingCustomer } from "./customers.ts";
import { updateBillingExport } from "./manage.ts";
import { replayBillingExport } from "./resend.ts";
import { EXPORT_WAITS_MS } from "./send.ts";

let site: BillingSite;
let receiver: ReturnType<typeof dedupingReceiver>;

beforeEach(async () => {
  site = await billingSite();
  receiver = dedupingReceiver();
});

const take: Send = async (_, request) => {
  receiver.take(request);
  return EXPORT_OK;
};
const { stateOf, reconcile, heldOf, count, closeHour } = exportHelpers(() => site);

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
  expect(await stateOf(id)).toMatchObject({ exportedUntil: iso(hourAgo(6)), lagSeconds: 6 * 3_600 });
  await exportUsage(site, take);
  expect(await stateOf(id)).toMatchObject({ exportedUntil: iso(hourAgo(0)), lagSeconds: 0 });
  expect(receiver.total().requests).toBe(6);
  expect((await reconcile(id, { interval: "hour" })).total).toMatchObject({
    balanced: true,
    acknowledged: { requests: 6, units: 18 },
  });
});

test("a short API key does not change how the receiver's answers are read", async () => {
  const exportOf = (adapter: string, secret: string) =>
    newExport(site.ctx, { adapter, secret, url: `https://billing.example/${adapter}` });
  const [stripe, lago] = [await exportOf("stripe", "s"), await exportOf("lago", "a")];
  for (const { id } of [stripe, lago]) {
    const input = { exportId: id, projectId: site.projectId, customer: "cus_1" };
    await setBillingCustomer({ ctx: site.ctx, input });
  }
  await count();
  closeHour();
  await exportUsage(site, async (url, { body }) => {
    const repeated = `An event already exists with identifier ${new URLSearchParams(body).get("identifier")}`;
    return url.endsWith("stripe")
      ? { status: 400, body: JSON.stringify({ error: { message: repeated } }), retryAfterMs: null }
      : {
          status: 422,
          body: JSON.stringify({ error: "bad", error_details: { 0: { code: ["metric_not_found"] } } }),
          retryAfterMs: null,
        };
  });
  // Stripe has the event, and Lago rejected it.
  expect(await stateOf(stripe.id)).toMatchObject({ pendingEvents: 0, heldEvents: 0, lastError: null });
  expect(await stateOf(lago.id)).toMatchObject({ heldEvents: 1, lastError: null });
  const [held] = await heldOf(lago.id);
  expect(held).toMatchObject({ reason: "rejected", detail: '{"code":["metric_not_found"]}' });
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
