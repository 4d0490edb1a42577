import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { verifyWebhook, WebhookError } from "../src/webhooks.ts";

const SECRET = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
const OLD_SECRET = `whsec_${Buffer.alloc(24, 2).toString("base64")}`;
const SENT_AT = new Date("2026-11-23T12:00:00Z");
const BODY = JSON.stringify({ type: "key.revoked", timestamp: SENT_AT.toISOString(), data: { text: "é" } });

/** Headers as the reference implementation signs them. */
function signed(secret = SECRET, body = BODY) {
  return {
    "webhook-id": "evt_1",
    "webhook-timestamp": String(SENT_AT.getTime() / 1_000),
    "webhook-signature": new Webhook(secret).sign("evt_1", SENT_AT, body),
  };
}
const at = (seconds: number) => ({ now: () => SENT_AT.getTime() + seconds * 1_000 });

test("an event that the reference implementation signed is accepted", async () => {
  const event = await verifyWebhook({ secret: SECRET, body: BODY, headers: signed(), ...at(0) });
  expect(event).toMatchObject({ id: "evt_1", type: "key.revoked", data: { text: "é" } });
  const headers = new Headers(signed());
  await expect(verifyWebhook({ secret: SECRET, body: BODY, headers, ...at(299) })).resolves.toBeDefined();
});

test("names of headers are accepted in any case, as some platforms pass them on", async () => {
  const headers = Object.fromEntries(
    Object.entries(signed()).map(([name, value]) => [
      name.replace(/\b\w/g, (first) => first.toUpperCase()),
      value,
    ]),
  );
  expect(Object.keys(headers)).toContain("Webhook-Signature");
  await expect(verifyWebhook({ secret: SECRET, body: BODY, headers, ...at(0) })).resolves.toBeDefined();
});

test("during a rotation either secret and either signature is enough", async () => {
  const both = {
    ...signed(),
    "webhook-signature": `${signed(OLD_SECRET)["webhook-signature"]} v2,x ${signed()["webhook-signature"]}`,
  };
  await expect(verifyWebhook({ secret: SECRET, body: BODY, headers: both, ...at(0) })).resolves.toBeDefined();
  const secrets = [SECRET, OLD_SECRET];
  await expect(
    verifyWebhook({ secret: secrets, body: BODY, headers: signed(OLD_SECRET), ...at(0) }),
  ).resolves.toBeDefined();
});

test.each<[string, Partial<Parameters<typeof verifyWebhook>[0]>]>([
  ["a changed body", { body: BODY.replace("revoked", "created") }],
  ["another secret", { secret: OLD_SECRET }],
  ["an old timestamp", at(301)],
  ["a timestamp in the future", at(-301)],
  ["no headers", { headers: {} }],
  ["a timestamp that is no number", { headers: { ...signed(), "webhook-timestamp": "1e9" } }],
  ["a changed id", { headers: { ...signed(), "webhook-id": "evt_2" } }],
  ["a signature that is no base64", { headers: { ...signed(), "webhook-signature": "v1,*" } }],
])("%s is rejected", async (_, change) => {
  const options = { secret: SECRET, body: BODY, headers: signed(), ...at(0), ...change };
  await expect(verifyWebhook(options)).rejects.toThrow(WebhookError);
});

test("thousands of signatures of a large body are rejected as fast as one", async () => {
  const body = JSON.stringify({ text: "x".repeat(1_000_000) });
  const headers = { ...signed(), "webhook-signature": "v1,AAAA ".repeat(2_000) };
  const startedAt = performance.now();
  await expect(verifyWebhook({ secret: SECRET, body, headers, ...at(0) })).rejects.toThrow(WebhookError);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
