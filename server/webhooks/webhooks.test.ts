import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { createWebhook } from "#domain/notifications/webhooks/create.ts";
import { Deliverer, WAITS_MS } from "#domain/notifications/webhooks/deliver.ts";
import { getWebhook, listDeliveries } from "#domain/notifications/webhooks/list.ts";
import { rotateWebhookSecret, updateWebhook } from "#domain/notifications/webhooks/manage.ts";
import { createWebhookSchema } from "#domain/notifications/webhooks/schema.ts";
import { replayDelivery, testWebhook } from "#domain/notifications/webhooks/send.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeKey, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { post } from "./post.ts";

interface Received {
  headers: Record<string, string>;
  body: string;
}
let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
let server: Server;
let url: string;
let received: Received[];
/** What the endpoint answers, one after the other; 204 once there is no more. */
let answers: { status: number; location?: string }[];

beforeEach(async () => {
  db = await openTestDb();
  // The verifying side goes by the real time.
  clock = makeClock(Date.now());
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock, settings: { ...TEST_SETTINGS, webhooksToPrivate: true } });
  projectId = await makeProject(db, owner, "Chat");
  received = [];
  answers = [];
  server = createServer(async (request: IncomingMessage, response) => {
    received.push({ headers: request.headers as Record<string, string>, body: await text(request) });
    const { status, location } = answers.shift() ?? { status: 204 };
    response.writeHead(status, location === undefined ? {} : { Location: location }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
afterEach(() => server.close());

const hook = (fields: object = {}) =>
  createWebhook({
    ctx,
    input: createWebhookSchema.parse({ projectId, url, kinds: ["key.revoked"], ...fields }),
  });
/** Delivers what is due; resolves with how many arrived at the server. */
const deliver = async () => {
  const { sealer } = ctx;
  if (!sealer) throw new Error("tests can seal");
  const before = received.length;
  const deliverer = new Deliverer({
    db,
    sealer,
    now: clock.now,
    url: "https://keys.example.com",
    send: (to, headers, body) => post(to, headers, body, { toPrivate: true }),
    onError: (error) => expect.unreachable(String(error)),
  });
  await deliverer.wake();
  await deliverer.idle();
  return received.length - before;
};
const revokeOne = async () => {
  const { key } = await makeKey(ctx, projectId, { name: "checkout" });
  await revokeKey({ ctx, input: { projectId, keyId: key.id } });
  return key.id;
};
const logOf = async (webhookId: string) =>
  (await listDeliveries({ ctx, input: { projectId, webhookId, limit: 50 } })).items;

describe("a delivery", () => {
  test("that fails at first arrives later, with a valid signature", async () => {
    const { webhook, secret } = await hook();
    const keyId = await revokeOne();
    answers = [{ status: 500 }];
    expect(await deliver()).toBe(1);
    expect((await logOf(webhook.id))[0]).toMatchObject({ state: "due", attempts: [{ status: 500 }] });
    expect(await deliver()).toBe(0);
    clock.advance(5_000);
    expect(await deliver()).toBe(1);
    const [first, second] = received;
    const payload = new Webhook(secret ?? "").verify(second?.body ?? "", second?.headers ?? {});
    expect(payload).toMatchObject({
      type: "key.revoked",
      data: {
        project: { id: projectId, name: "Chat" },
        subject: { id: keyId, name: "checkout" },
        url: `https://keys.example.com/projects/${projectId}/keys/${keyId}`,
      },
    });
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(second?.body).toBe(first?.body);
    expect((await logOf(webhook.id))[0]).toMatchObject({
      state: "delivered",
      event: { kind: "key.revoked" },
      attempts: [{ status: 500 }, { status: 204 }],
    });
    expect(() =>
      new Webhook("whsec_c29tZXRoaW5nIGVsc2U=").verify(second?.body ?? "", second?.headers ?? {}),
    ).toThrow();
  });

  test("is retried for about a day and then given up, and a replay starts again with the same id", async () => {
    const { webhook } = await hook();
    await revokeOne();
    answers = Array.from({ length: WAITS_MS.length + 1 }, () => ({ status: 503 }));
    await deliver();
    for (const wait of WAITS_MS) {
      clock.advance(wait - 1);
      expect(await deliver()).toBe(0);
      clock.advance(1);
      expect(await deliver()).toBe(1);
    }
    const [given] = await logOf(webhook.id);
    expect(given).toMatchObject({ state: "failed", nextAt: null });
    clock.advance(2 * DAY_MS);
    expect(await deliver()).toBe(0);
    await replayDelivery({ ctx, input: { projectId, webhookId: webhook.id, deliveryId: given?.id ?? "" } });
    await deliver();
    expect((await logOf(webhook.id))[0]?.state).toBe("delivered");
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  test("is sent once, however many portals there are", async () => {
    await hook();
    await revokeOne();
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(received).toHaveLength(1);
  });

  test("is sent only to webhooks that receive the event and are enabled", async () => {
    const wanted = await hook({ kinds: ["key.revoked"] });
    const other = await hook({ kinds: ["key.leaked"] });
    const off = await hook();
    await updateWebhook({ ctx, input: { projectId, webhookId: off.webhook.id, enabled: false } });
    await revokeOne();
    while ((await deliver()) > 0);
    expect(received).toHaveLength(1);
    expect(await logOf(wanted.webhook.id)).toHaveLength(1);
    for (const { webhook } of [other, off]) expect(await logOf(webhook.id)).toEqual([]);
  });

  test("to an endpoint that is gone disables the webhook", async () => {
    const { webhook } = await hook();
    await testWebhook({ ctx, input: { projectId, webhookId: webhook.id } });
    answers = [{ status: 410 }];
    await deliver();
    expect(await getWebhook({ ctx, input: { projectId, webhookId: webhook.id } })).toMatchObject({
      enabled: false,
    });
    expect((await logOf(webhook.id))[0]?.state).toBe("failed");
  });
});

test("has both signatures during a rotation of the signing secret, and a day later only the new one", async () => {
  const { webhook, secret: old } = await hook();
  const input = { projectId, webhookId: webhook.id };
  const { secret: fresh } = await rotateWebhookSecret({ ctx, input });
  await testWebhook({ ctx, input });
  await deliver();
  const [both] = received;
  for (const secret of [old, fresh]) {
    expect(new Webhook(secret ?? "").verify(both?.body ?? "", both?.headers ?? {})).toBeDefined();
  }
  clock.advance(DAY_MS);
  await testWebhook({ ctx, input });
  await deliver();
  expect(received.at(-1)?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
  for (const secret of [old, fresh]) expect(await dump(db)).not.toContain(secret);
});

describe("a webhook target", () => {
  test("that redirects is not followed: a redirect is a failure like any other", async () => {
    const { webhook } = await hook();
    await testWebhook({ ctx, input: { projectId, webhookId: webhook.id } });
    answers = [{ status: 302, location: url.replace("/hooks", "/elsewhere") }];
    await deliver();
    expect(received).toHaveLength(1);
    expect((await logOf(webhook.id))[0]).toMatchObject({ state: "due", attempts: [{ status: 302 }] });
  });

  test.each([
    "http://example.com/hooks",
    "https://127.0.0.1/hooks",
    "https://[::1]/hooks",
    "https://[::ffff:10.0.0.1]/hooks",
    "https://169.254.169.254/latest",
    "https://2130706433/",
    "https://ada:secret@example.com/hooks",
  ])("%s is rejected when it is saved", async (address) => {
    const strict = { ...ctx, settings: TEST_SETTINGS };
    await expect(
      createWebhook({ ctx: strict, input: createWebhookSchema.parse({ projectId, url: address }) }),
    ).rejects.toMatchObject({ code: "invalid", errors: [{ path: "url" }] });
  });

  test("with a private IP address is not called, even if it was saved, nor is a name that resolves to one", async () => {
    const port = new URL(url).port;
    const nowhere = await post(`https://127.0.0.1:${port}/`, {}, "{}", { toPrivate: false });
    expect(nowhere).toMatchObject({ status: null, error: "Not called: a private IP address." });
    const plain = await post(url, {}, "{}", { toPrivate: false });
    expect(plain.status).toBeNull();
    const byName = await post(`https://hooks.example.com:${port}/`, {}, "{}", {
      toPrivate: false,
      resolveName: resolvesTo(["93.184.216.34", "127.0.0.1"]),
    });
    expect(byName).toMatchObject({ status: null, error: "Not called: a private IP address." });
    expect(received).toEqual([]);
  });

  test("with a name that changes its IP address is checked each time, and connected to the checked IP address", async () => {
    const asked: string[] = [];
    const rebinding = resolvesTo(["127.0.0.1"], (name) => asked.push(name));
    const port = new URL(url).port;
    for (let n = 0; n < 2; n++) {
      const outcome = await post(`https://rebind.example.com:${port}/`, {}, "{}", {
        toPrivate: false,
        resolveName: rebinding,
      });
      expect(outcome.error).toBe("Not called: a private IP address.");
    }
    // One look-up a call: nobody asks a second time between looking and connecting.
    expect(asked).toEqual(["rebind.example.com", "rebind.example.com"]);
  });
});

/** The system's look-up, with fixed answers. */
function resolvesTo(addresses: string[], onAsk: (name: string) => void = () => {}) {
  return (name: string, done: (error: null, found: { address: string; family: number }[]) => void) => {
    onAsk(name);
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  };
}
