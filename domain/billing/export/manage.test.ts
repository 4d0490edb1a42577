import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  currentHour,
  exportUsage,
  newExport,
} from "#test/billing-fixture.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { sealerWith } from "../../secrets/sealer.ts";
import { setBillingCustomer } from "./customers.ts";
import { deleteBillingExport, testBillingExport, updateBillingExport } from "./manage.ts";
import { getBillingExport, listBillingExports } from "./read.ts";
import { reconcileBillingExport } from "./reconcile.ts";
import { resealExports } from "./reseal.ts";
import type { SendResult } from "./run-exports.ts";
import {
  createBillingExportSchema,
  reconcileBillingExportSchema,
  setBillingCustomerSchema,
} from "./schema.ts";

let site: BillingSite;
beforeEach(async () => {
  site = await billingSite();
});

const OK: SendResult = { status: 204, body: "", retryAfterMs: null };

test("the API key is stored sealed, in no response and no audit row", async () => {
  const created = await newExport(site.ctx, { secret: "very-secret-key" });
  expect(created).toMatchObject({ hasSecret: true, adapter: "cloudevents" });
  expect(JSON.stringify(created)).not.toContain("secret-key");
  expect(await dump(site.db)).not.toContain("very-secret-key");
});

test("a new URL needs the API key again, so that nobody can have it sent to their own server", async () => {
  const { ctx } = site;
  const { id: exportId } = await newExport(ctx, { secret: "very-secret-key" });
  const url = "https://attacker.example/events";
  await expect(updateBillingExport({ ctx, input: { exportId, url } })).rejects.toThrow("API key again");
  await expect(updateBillingExport({ ctx, input: { exportId, url, name: "x" } })).rejects.toThrow();
  expect((await updateBillingExport({ ctx, input: { exportId, url, secret: null } })).hasSecret).toBe(false);
  expect((await updateBillingExport({ ctx, input: { exportId, url: "https://b.example/e" } })).url).toContain(
    "b.",
  );
});

test("only public https URLs are accepted, without user and password", async () => {
  const rejected = [
    "http://billing.example/events",
    "https://127.0.0.1/events",
    "https://[::1]/events",
    "https://10.0.0.1/events",
    "https://169.254.169.254/latest/meta-data",
    "https://user:password@billing.example/events",
  ];
  for (const url of rejected)
    await expect(newExport(site.ctx, { url })).rejects.toMatchObject({ code: "invalid" });
  const { id: exportId } = await newExport(site.ctx);
  for (const url of rejected)
    await expect(updateBillingExport({ ctx: site.ctx, input: { exportId, url } })).rejects.toMatchObject({
      code: "invalid",
    });
});

test.each([
  ["a line break in the API key", { secret: "a\r\nX-Evil: 1" }],
  ["a space in the API key", { secret: "a b" }],
  ["letters outside of ASCII in the API key", { secret: "schlüssel" }],
  ["an API key of a megabyte", { secret: "a".repeat(1_000_000) }],
  ["a line break in the event name", { eventName: "a\nb" }],
  ["an empty event name", { eventName: "" }],
  ["another protocol", { url: "file:///etc/passwd" }],
  ["a URL of a megabyte", { url: `https://a.example/${"a".repeat(1_000_000)}` }],
  ["an unknown adapter", { adapter: "__proto__" }],
  ["an unknown field", { position: 7 }],
  ["a date without zone", { from: "2026-11-23T10:00:00" }],
])("%s is rejected", (_, fields) => {
  const input = { name: "x", adapter: "cloudevents", url: "https://a.example/e", ...fields };
  expect(createBillingExportSchema.safeParse(input).success).toBe(false);
});

test("a customer's id is one visible line", () => {
  const parse = (customer: unknown) =>
    setBillingCustomerSchema.safeParse({ exportId: "bex_1", projectId: "prj_1", customer }).success;
  expect(parse("cus_1")).toBe(true);
  expect(parse(null)).toBe(true);
  for (const customer of ["", " ", "\u200b", "a".repeat(201), 7, undefined])
    expect(parse(customer)).toBe(false);
});

test("an export begins at most 90 days ago, and not in the future", async () => {
  const at = (ms: number) => ({ from: iso(currentHour(site) + ms) });
  await expect(newExport(site.ctx, at(-91 * DAY_MS))).rejects.toThrow("90 days");
  await expect(newExport(site.ctx, at(HOUR_MS))).rejects.toThrow("has begun");
  expect((await newExport(site.ctx, at(-89 * DAY_MS))).lagSeconds).toBeGreaterThan(88 * 86_400);
});

test("Stripe and Lago need an API key, and use their own URL by default", async () => {
  const { ctx } = site;
  await expect(newExport(ctx, { adapter: "stripe", url: undefined })).rejects.toMatchObject({
    code: "invalid",
  });
  const { id: exportId, url } = await newExport(ctx, { adapter: "stripe", url: undefined, secret: "sk_1" });
  expect(url).toBe("https://api.stripe.com/v1/billing/meter_events");
  await expect(updateBillingExport({ ctx, input: { exportId, secret: null } })).rejects.toThrow(
    "needs an API key",
  );
  await expect(newExport(ctx, { url: undefined })).rejects.toMatchObject({ code: "invalid" });
});

test("at most five exports exist, even if several are created at once", async () => {
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => newExport(site.ctx)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  expect((await listBillingExports({ ctx: site.ctx })).items).toHaveLength(5);
});

test("a test event is sent to a paused export too, and its result is shown", async () => {
  const { ctx } = site;
  const { id: exportId } = await newExport(ctx, { secret: "very-secret-key" });
  await updateBillingExport({ ctx, input: { exportId, enabled: false } });
  expect((await testBillingExport({ ctx, input: { exportId } })).lastTest?.state).toBe("pending");
  const bodies: string[] = [];
  await exportUsage(site, async (_, { body }) => {
    bodies.push(body);
    return OK;
  });
  expect(bodies).toHaveLength(1);
  expect((await getBillingExport({ ctx, input: { exportId } })).lastTest?.state).toBe("accepted");
  await testBillingExport({ ctx, input: { exportId } });
  await exportUsage(site, async () => ({ status: 403, body: "no very-secret-key", retryAfterMs: null }));
  expect((await getBillingExport({ ctx, input: { exportId } })).lastTest).toMatchObject({
    state: "failed",
    message: "It answered 403. no (API key)",
  });
});

test("a change of an export while it is being sent wins: what the sender knows is outdated", async () => {
  const { ctx, projectId } = site;
  const { id: exportId } = await newExport(ctx, { adapter: "lago", secret: "key" });
  await countUsage(site, [{ hour: currentHour(site), requests: 2 }]);
  site.clock.advance(2 * HOUR_MS);
  await setBillingCustomer({ ctx, input: { exportId, projectId, customer: "sub_1" } });
  await exportUsage(site, async () => {
    await setBillingCustomer({ ctx, input: { exportId, projectId, customer: "sub_2" } });
    return OK;
  });
  const customers: string[] = [];
  await exportUsage(site, async (_, { body }) => {
    customers.push(JSON.parse(body).events[0].external_subscription_id);
    return OK;
  });
  expect(customers).toEqual(["sub_2"]);
});

test("deleting an export while it is being sent deletes it", async () => {
  const { ctx } = site;
  const { id: exportId } = await newExport(ctx);
  await countUsage(site, [{ hour: currentHour(site) }]);
  site.clock.advance(2 * HOUR_MS);
  await exportUsage(site, async () => {
    await deleteBillingExport({ ctx, input: { exportId } });
    return OK;
  });
  expect((await listBillingExports({ ctx })).items).toEqual([]);
});

test("after a rotation of the auth secret, API keys are sealed with the new one", async () => {
  const { ctx, db, clock } = site;
  const { id: exportId } = await newExport(ctx, { secret: "very-secret-key" });
  await countUsage(site, [{ hour: currentHour(site) }]);
  clock.advance(2 * HOUR_MS);
  const [former, next] = ["only-for-tests-only-for-tests-0123456789", "another-secret"];
  expect(await resealExports(db, sealerWith(next, [former]))).toBe(1);
  expect(await resealExports(db, sealerWith(next, [former]))).toBe(0);
  const headers: string[] = [];
  // The former secret alone opens nothing now.
  await exportUsage(site, () => expect.unreachable("it can't be sent"));
  expect((await getBillingExport({ ctx, input: { exportId } })).lastError?.message).toContain(
    "can't be decrypted",
  );
  clock.advance(HOUR_MS);
  await exportUsage({ ...site, ctx: { ...ctx, sealer: sealerWith(next) } }, async (_, request) => {
    headers.push(JSON.stringify(request.headers));
    return OK;
  });
  expect(headers[0]).toContain("Bearer very-secret-key");
});

test("a reconciliation has a row for each closed hour or day since the export began", async () => {
  const { ctx } = site;
  const { id: exportId } = await newExport(ctx, { from: iso(currentHour(site) - 30 * HOUR_MS) });
  const report = (fields: object) =>
    reconcileBillingExport({ ctx, input: reconcileBillingExportSchema.parse({ exportId, ...fields }) });
  expect((await report({ interval: "hour" })).rows).toHaveLength(29);
  expect((await report({})).rows.map(({ start }) => start.slice(0, 10))).toEqual([
    "2026-11-22",
    "2026-11-23",
  ]);
  expect((await report({ to: "2020-01-01T00:00:00Z" })).rows).toEqual([]);
  expect((await report({ from: "2026-11-23T00:00:00Z", interval: "hour" })).rows).toHaveLength(11);
});
