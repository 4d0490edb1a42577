import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { post } from "#server/webhooks/post.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeKey, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { type Receiver, startReceiver } from "#test/receiver.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { listAudit } from "../../audit/list.ts";
import type { Ctx, Sealer } from "../../context.ts";
import { revokeKey } from "../../keys/revoke.ts";
import { deleteProject } from "../../projects/delete.ts";
import { sealerWith } from "../../secrets/sealer.ts";
import { createWebhook } from "./create.ts";
import { Deliverer, MAX_RETRY_AFTER_MS, WAITS_MS } from "./deliver.ts";
import { listDeliveries } from "./list.ts";
import { deleteWebhook, rotateWebhookSecret, updateWebhook } from "./manage.ts";
import { createWebhookSchema } from "./schema.ts";
import { replayDelivery, testWebhook } from "./send.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
let receiver: Receiver;

beforeEach(async () => {
  db = await openTestDb();
  // The verifying library uses the real time.
  clock = makeClock(Date.now());
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock, settings: { ...TEST_SETTINGS, webhooksToPrivate: true } });
  projectId = await makeProject(db, owner, "Chat");
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

/** Of one kind of event: the tests create and revoke keys. */
const hook = (fields: object = {}) => {
  const input = { projectId, url: receiver.url, kinds: ["key.revoked"], ...fields };
  return createWebhook({ ctx, input: createWebhookSchema.parse(input) });
};
const deliverer = (more: Partial<ConstructorParameters<typeof Deliverer>[0]> = {}) =>
  new Deliverer({
    db,
    sealer: ctx.sealer as Sealer,
    now: clock.now,
    url: "https://keys.example.com",
    send: (to, headers, body) => post(to, headers, body, { toPrivate: true }),
    onError: (error) => expect.unreachable(String(error)),
    ...more,
  });
const deliver = async (one = deliverer()) => {
  await one.wake();
  await one.idle();
};
const revokeOne = async (name = "checkout") => {
  const { key } = await makeKey(ctx, projectId, { name });
  await revokeKey({ ctx, input: { projectId, keyId: key.id } });
};
const logOf = async (webhookId: string) =>
  (await listDeliveries({ ctx, input: { projectId, webhookId, limit: 50 } })).items;
/** A response that the test controls. */
const heldAnswer = () => {
  let release = () => {};
  receiver.next((response) => {
    release = () => response.writeHead(204).end();
  });
  return () => release();
};

test("a receiver that does not respond delays nobody else's events, however many wait for it", async () => {
  await hook();
  const other = await startReceiver();
  await hook({ url: other.url });
  const release = heldAnswer();
  for (let n = 0; n < 3; n++) await revokeOne(`key ${n}`);
  const one = deliverer();
  await vi.waitFor(async () => {
    await one.wake();
    expect(receiver.received).toHaveLength(1);
    expect(other.received).toHaveLength(3);
  });
  await revokeOne("later");
  await vi.waitFor(async () => {
    await one.wake();
    expect(other.received).toHaveLength(4);
  });
  expect(receiver.received).toHaveLength(1);
  release();
  await one.idle();
  expect(receiver.received).toHaveLength(4);
  await other.stop();
});

test("several busy portals send each event once", async () => {
  const { webhook } = await hook();
  for (let n = 0; n < 5; n++) await revokeOne(`key ${n}`);
  const portals = [deliverer(), deliverer(), deliverer()];
  await vi.waitFor(async () => {
    await Promise.all(portals.map(deliver));
    expect((await logOf(webhook.id)).map(({ state }) => state)).toEqual(Array(5).fill("delivered"));
  });
  expect(receiver.received).toHaveLength(5);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(5);
});

test("a delivery claimed by a portal that died is sent by another a minute later", async () => {
  await hook();
  await revokeOne();
  let taken = false;
  const dead = deliverer({
    send: () => {
      taken = true;
      return new Promise(() => {});
    },
  });
  await dead.wake();
  await vi.waitFor(() => expect(taken).toBe(true));
  clock.advance(59_999);
  await deliver();
  expect(receiver.received).toEqual([]);
  clock.advance(1);
  await deliver();
  expect(receiver.received).toHaveLength(1);
});

test("a portal that shuts down finishes its current deliveries and starts no more", async () => {
  await hook();
  await revokeOne("first");
  await revokeOne("second");
  const release = heldAnswer();
  const one = deliverer();
  await one.wake();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
  const stopping = one.stop();
  release();
  await stopping;
  await deliver(one);
  expect(receiver.received).toHaveLength(1);
});

test("a replay during an attempt is not lost when that attempt ends", async () => {
  const { webhook } = await hook();
  await revokeOne();
  const release = heldAnswer();
  const one = deliverer();
  await one.wake();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
  const [{ id: deliveryId = "" } = {}] = await logOf(webhook.id);
  clock.advance(1_000);
  await replayDelivery({ ctx, input: { projectId, webhookId: webhook.id, deliveryId } });
  release();
  await one.idle();
  await deliver();
  expect(receiver.received).toHaveLength(2);
  expect(await logOf(webhook.id)).toMatchObject([
    { state: "delivered", attempts: [{ status: 204 }, { status: 204 }] },
  ]);
});

test.each([
  { asks: "120", waits: 120_000, how: "longer than ours is respected" },
  { asks: "1", waits: WAITS_MS[0], how: "shorter than ours does not shorten it" },
  { asks: "999999999", waits: MAX_RETRY_AFTER_MS, how: "of years is cut to the longest that is respected" },
  { asks: "soon", waits: WAITS_MS[0], how: "that is neither seconds nor a date changes nothing" },
])("a Retry-After $how", async ({ asks, waits }) => {
  const { webhook } = await hook();
  await revokeOne();
  receiver.next((response) => response.writeHead(429, { "Retry-After": asks }).end());
  const at = clock.now();
  await deliver();
  const [delivery] = await logOf(webhook.id);
  expect(Date.parse(delivery?.nextAt ?? "")).toBe(at + Number(waits));
});

test("the last twelve of many attempts are kept", async () => {
  const { webhook } = await hook();
  await revokeOne();
  const [{ id: deliveryId = "" } = {}] = await logOf(webhook.id);
  for (let n = 0; n < 13; n++) {
    await replayDelivery({ ctx, input: { projectId, webhookId: webhook.id, deliveryId } });
    await deliver();
    clock.advance(1);
  }
  expect(receiver.received).toHaveLength(13);
  expect((await logOf(webhook.id))[0]?.attempts).toHaveLength(12);
});

describe("a pending delivery", () => {
  test.each(["disabled", "deleted", "of a deleted project"])("to a webhook %s is not sent", async (how) => {
    const { webhook } = await hook();
    await revokeOne();
    const input = { projectId, webhookId: webhook.id };
    if (how === "disabled") await updateWebhook({ ctx, input: { ...input, enabled: false } });
    else if (how === "deleted") await deleteWebhook({ ctx, input });
    else await deleteProject({ ctx, input: { projectId } });
    await deliver();
    expect(receiver.received).toEqual([]);
    expect(await db.read.q.select().from(db.read.t.deliveries)).toMatchObject([
      { state: "failed", attempts: [{ status: null, error: "The webhook was disabled." }] },
    ]);
  });

  test("to a receiver that is gone stays in the log, and the audit log says what disabled the webhook", async () => {
    const { webhook } = await hook();
    receiver.next(410);
    await revokeOne("first");
    await revokeOne("second");
    await deliver();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect((await logOf(webhook.id)).map(({ state }) => state)).toEqual(["failed", "failed"]);
    const [trace] = (await listAudit({ ctx, input: { projectId, limit: 1 } })).items;
    expect(trace).toMatchObject({
      action: "webhook.updated",
      actor: { name: "The portal" },
      after: { enabled: false, reason: "It answered 410 Gone." },
    });
  });
});

describe("a signing secret", () => {
  test("that was sealed with another AUTH_SECRET blocks no other webhook, and a rotation repairs it at once", async () => {
    const { webhook } = await hook();
    const changed = { ...ctx, sealer: sealerWith("the secret that came after the first one") };
    const other = await startReceiver();
    await createWebhook({ ctx: changed, input: { projectId, url: other.url, kinds: ["key.revoked"] } });
    await revokeOne();
    await deliver(deliverer({ sealer: changed.sealer }));
    expect(receiver.received).toEqual([]);
    expect(other.received).toHaveLength(1);
    await other.stop();
    expect((await logOf(webhook.id))[0]?.attempts).toMatchObject([
      { status: null, error: expect.stringMatching(/AUTH_SECRET.*Rotate/) },
    ]);
    const { secret } = await rotateWebhookSecret({
      ctx: changed,
      input: { projectId, webhookId: webhook.id },
    });
    clock.advance(5_000);
    await deliver(deliverer({ sealer: changed.sealer }));
    const [sent] = receiver.received;
    expect(new Webhook(secret ?? "").verify(sent?.body ?? "", sent?.headers ?? {})).toBeDefined();
  });

  test("two people who rotate at once both get a secret that signs", async () => {
    const { webhook } = await hook();
    const input = { projectId, webhookId: webhook.id };
    // Several times, because whether they overlap is random.
    for (let n = 0; n < 8; n++) {
      const rotated = await Promise.all([0, 1].map(() => rotateWebhookSecret({ ctx, input })));
      await testWebhook({ ctx, input });
      await deliver();
      const sent = receiver.received.at(-1);
      for (const { secret } of rotated) {
        expect(new Webhook(secret ?? "").verify(sent?.body ?? "", sent?.headers ?? {})).toBeDefined();
      }
    }
  });

  test("is 24 random bytes that are in no table and no request, and is deleted with the webhook", async () => {
    const { webhook, secret } = await hook();
    const input = { projectId, webhookId: webhook.id };
    const { secret: second } = await rotateWebhookSecret({ ctx, input });
    await revokeOne();
    await deliver();
    const written = (await dump(db)) + JSON.stringify(receiver.received);
    for (const one of [secret, second]) {
      expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
      expect(written).not.toContain(one?.slice("whsec_".length));
    }
    await deleteWebhook({ ctx, input });
    expect(await db.read.q.select().from(db.read.t.webhooks)).toMatchObject([
      { sealedSecret: "", sealedPrevious: null },
    ]);
  });
});

test("a test is sent to one webhook only, whatever events it receives, and notifies nobody", async () => {
  const other = await startReceiver();
  await hook({ url: other.url });
  const { webhook } = await hook({ kinds: ["key.rotated"] });
  await testWebhook({ ctx, input: { projectId, webhookId: webhook.id } });
  await deliver();
  expect(receiver.received).toHaveLength(1);
  expect(other.received).toEqual([]);
  await other.stop();
  expect(await db.read.q.select().from(db.read.t.notifications)).toEqual([]);
});
