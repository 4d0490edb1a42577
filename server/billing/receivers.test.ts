import { afterEach, beforeEach, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { setBillingCustomer } from "#domain/billing/export/customers.ts";
import { replayBillingExport, resendHeldEvents } from "#domain/billing/export/resend.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  currentHour,
  exportHelpers,
  exportUsage,
  newExport,
  type Send,
} from "#test/billing-fixture.ts";
import { startLago, startStripe } from "#test/billing-receivers.ts";
import { makeProject } from "#test/people.ts";
import { postEvents } from "./post-events.ts";

const KEY = "sk_test_only-for-tests";
/** Over HTTP, as the portal sends. */
const send: Send = (url, request) => postEvents(url, request, { toPrivate: true });

let site: BillingSite;
let other: BillingSite;
let stop: () => Promise<void>;
beforeEach(async () => {
  site = await billingSite({ toPrivate: true });
  const { actor } = site.ctx;
  if (actor.kind !== "user") throw new Error("the administrator is a user");
  other = { ...site, projectId: await makeProject(site.db, actor, "Other") };
});
afterEach(() => stop());

const { heldOf, reconcile, stateOf, closeHour } = exportHelpers(() => site);

/** Usage of two projects: 6 units of three keys, and 5 of one. */
async function countBoth(): Promise<void> {
  const hour = currentHour(site);
  await countUsage(
    site,
    [1, 2, 3].map((n) => ({ hour, keyId: `key_${n}`, units: n })),
  );
  await countUsage(other, [{ hour, keyId: "key_other", units: 5 }]);
}
const assign = (exportId: string, of: BillingSite, customer: string) =>
  setBillingCustomer({ ctx: site.ctx, input: { exportId, projectId: of.projectId, customer } });

test("Stripe bills each unit once, although answers are lost, events are repeated and a customer is unknown", async () => {
  const { clock, ctx } = site;
  const stripe = await startStripe({
    key: KEY,
    eventName: "api_units",
    customers: ["cus_1"],
    now: clock.now,
  });
  stop = stripe.stop;
  const { id } = await newExport(ctx, {
    adapter: "stripe",
    secret: KEY,
    eventName: "api_units",
    url: `${stripe.origin}/v1/billing/meter_events`,
  });
  await assign(id, site, "cus_1");
  await assign(id, other, "cus_2");
  await countBoth();
  closeHour();
  stripe.next("unanswered");
  await exportUsage(site, send);
  expect((await stateOf(id)).lastError).toMatchObject({ failures: 1 });
  clock.advance(HOUR_MS);
  await exportUsage(site, send);
  expect(stripe.answers.map(({ status }) => status)).toContain(400);
  expect(stripe.billed()).toEqual({ cus_1: 6 });
  expect(await heldOf(id)).toMatchObject([{ reason: "rejected", detail: "No such customer: 'cus_2'" }]);
  await assign(id, other, "cus_1");
  await exportUsage(site, send);
  await replayBillingExport({ ctx, input: { exportId: id, from: currentHour(site) - 3 * HOUR_MS } });
  await exportUsage(site, send);
  expect(stripe.billed()).toEqual({ cus_1: 11 });
  expect((await reconcile(id)).total).toMatchObject({ balanced: true, acknowledged: { units: 11 } });
});

test("Lago bills each unit once, although a batch is partly known and a subscription is missing", async () => {
  const { clock, ctx } = site;
  const lago = await startLago({ key: KEY, code: "api_units", subscriptions: ["sub_1", "sub_2"] });
  stop = lago.stop;
  const { id } = await newExport(ctx, {
    adapter: "lago",
    secret: KEY,
    eventName: "api_units",
    url: `${lago.origin}/api/v1/events/batch`,
  });
  await assign(id, site, "sub_1");
  await assign(id, other, "sub_missing");
  await countBoth();
  closeHour();
  // All four are sent together, and the good ones are stored after the bad one is left out; the answer is lost.
  lago.next("answered", "unanswered");
  await exportUsage(site, send);
  expect(lago.billed()).toEqual({ sub_1: 6 });
  clock.advance(HOUR_MS);
  await exportUsage(site, send);
  expect(await heldOf(id)).toMatchObject([
    { reason: "rejected", detail: expect.stringContaining("subscription_not_found") },
  ]);
  await assign(id, other, "sub_2");
  await resendHeldEvents({ ctx, input: { exportId: id } });
  await exportUsage(site, send);
  await replayBillingExport({ ctx, input: { exportId: id, from: currentHour(site) - 3 * HOUR_MS } });
  await exportUsage(site, send);
  expect(lago.billed()).toEqual({ sub_1: 6, sub_2: 5 });
  expect((await reconcile(id)).total).toMatchObject({ balanced: true, acknowledged: { units: 11 } });
});

test("a wrong API key holds nothing: the events wait, and the receiver's words are shown", async () => {
  const { ctx } = site;
  const stripe = await startStripe({ key: KEY, eventName: "u", customers: ["cus_1"], now: site.clock.now });
  stop = stripe.stop;
  const { id } = await newExport(ctx, {
    adapter: "stripe",
    secret: "sk_test_wrong",
    eventName: "u",
    url: `${stripe.origin}/v1/billing/meter_events`,
  });
  await assign(id, site, "cus_1");
  await countUsage(site, [{ hour: currentHour(site), units: 3 }]);
  closeHour();
  await exportUsage(site, send);
  expect(await stateOf(id)).toMatchObject({
    pendingEvents: 1,
    heldEvents: 0,
    lastError: { message: "It answered 401. Invalid API Key provided: sk_test_****" },
  });
});
