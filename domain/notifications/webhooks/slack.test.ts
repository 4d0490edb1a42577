import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { post } from "#server/webhooks/post.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
  TEST_SETTINGS,
} from "#test/people.ts";
import { type Receiver, startReceiver } from "#test/receiver.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import type { Ctx, Sealer } from "../../context.ts";
import { createKey } from "../../keys/create.ts";
import { createKeySchema } from "../../keys/schema.ts";
import { deleteProject } from "../../projects/delete.ts";
import { resumeProject, suspendProject } from "../../projects/suspend.ts";
import { sealerWith } from "../../secrets/sealer.ts";
import { createWebhook } from "./create.ts";
import { Deliverer } from "./deliver.ts";
import { listDeliveries, listWebhooks } from "./list.ts";
import { rotateWebhookSecret, updateWebhook } from "./manage.ts";
import { resealWebhooks } from "./reseal.ts";
import { createSiteWebhookSchema, createWebhookSchema, updateWebhookSchema } from "./schema.ts";
import { testWebhook } from "./send.ts";
import { createSiteWebhook, listSiteDeliveries, testSiteWebhook } from "./site.ts";
import { shortenedUrl } from "./slack.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let admin: Ctx;
let projectId: string;
let receiver: Receiver;
const settings = { ...TEST_SETTINGS, webhooksToPrivate: true };

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock(Date.now());
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock, settings });
  admin = ctxOf(db, await makeAdmin(db), { clock, settings });
  projectId = await makeProject(db, owner, "Chat");
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

const secretUrl = () => `${new URL(receiver.url).origin}/services/T000/B000/s3cretPart0fTheUrl`;
const slackHook = (fields: object = {}) => {
  const input = { projectId, url: secretUrl(), format: "slack", ...fields };
  return createWebhook({ ctx, input: createWebhookSchema.parse(input) });
};
const deliver = async (sealer = ctx.sealer as Sealer) => {
  const one = new Deliverer({
    db,
    sealer,
    now: clock.now,
    url: "https://keys.example.com",
    send: (to, headers, body) => post(to, headers, body, { toPrivate: true }),
    onError: (error) => expect.unreachable(String(error)),
  });
  await one.wake();
  await one.idle();
};
const newKey = (name = "checkout") => makeKey(ctx, projectId, { name });
const texts = () => receiver.received.map(({ body }) => JSON.parse(body).text);

test("Slack gets a message with the link, and the whole URL although it is shown shortened", async () => {
  const { webhook, secret } = await slackHook();
  expect(secret).toBeNull();
  expect(webhook.url).toBe(`${new URL(receiver.url).origin}/…eUrl`);
  const { key } = await newKey();
  await deliver();
  const [received] = receiver.received;
  expect(received?.path).toBe("/services/T000/B000/s3cretPart0fTheUrl");
  expect(received?.headers["webhook-signature"]).toBeUndefined();
  expect(texts()).toEqual([
    `*${ctx.actor.kind === "user" ? ctx.actor.name : ""} created checkout*\nChat\n<https://keys.example.com/projects/${projectId}/keys/${key.id}>`,
  ]);
});

test("no list, row or audit entry has the URL in clear text, and a new one replaces it", async () => {
  const { webhook } = await slackHook();
  const other = `${new URL(receiver.url).origin}/services/T111/B111/an0therSecret`;
  const ref = { projectId, webhookId: webhook.id };
  await updateWebhook({ ctx, input: { ...ref, url: other } });
  await updateWebhook({ ctx, input: { ...ref, kinds: ["key.created"] } });
  await newKey();
  await deliver();
  expect(receiver.received.map(({ path }) => path)).toEqual(["/services/T111/B111/an0therSecret"]);
  const shown = [
    await listWebhooks({ ctx, input: { projectId } }),
    await listDeliveries({ ctx, input: { ...ref, limit: 50 } }),
  ];
  for (const text of [await dump(db), JSON.stringify(shown)]) {
    expect(text).not.toMatch(/T000|T111|s3cretPart|an0therSecret/);
  }
  await expect(rotateWebhookSecret({ ctx, input: ref })).rejects.toMatchObject({ code: "conflict" });
});

test("a webhook that is written back as it was read keeps its URL", async () => {
  const { webhook } = await slackHook();
  const ref = { projectId, webhookId: webhook.id };
  const { url, kinds, enabled } = webhook;
  await updateWebhook({ ctx, input: updateWebhookSchema.parse({ ...ref, url, kinds, enabled }) });
  await newKey();
  await deliver();
  expect(receiver.received.map(({ path }) => path)).toEqual(["/services/T000/B000/s3cretPart0fTheUrl"]);
});

test("after a change of AUTH_SECRET the URL is resealed, or the log says what to do", async () => {
  const { webhook } = await slackHook();
  const current = sealerWith("another-secret-another-secret-0123456789");
  await newKey();
  await deliver(current);
  expect(receiver.received).toEqual([]);
  const input = { projectId, webhookId: webhook.id, limit: 50 };
  const [failed] = (await listDeliveries({ ctx, input })).items;
  expect(failed?.attempts[0]?.error).toContain("Enter the URL again");
  expect(await resealWebhooks(db, current)).toEqual({ resealed: 0, unreadable: 1 });
});

test.each([
  [
    "<!channel> & <https://evil.example|click>",
    "&lt;!channel&gt; &amp; &lt;https:\u200b//evil.\u200bexample|click&gt;",
  ],
  ["https://evil.example/a.b?c=d", "https:\u200b//evil.\u200bexample/a.\u200bb?c=d"],
  ["log in at evil.example", "log in at evil.\u200bexample"],
  ["http://192.0.2.1:8080", "http:\u200b//192.0.2.1:\u200b8080"],
  ["[v1.2](//evil.example)", "[v1.2]\u200b(//evil.\u200bexample)"],
  ["mailto:mallory@evil.example", "mailto:\u200bmallory@\u200bevil.\u200bexample"],
  ["@channel @here", "@\u200bchannel @\u200bhere"],
  ["*bold* _it_ ~no~ `code`", "\u200b*bold\u200b* \u200b_it\u200b_ \u200b~no\u200b~ \u200b`code\u200b`"],
])("a key's name %j is no markup, link or mention", async (name, shown) => {
  await slackHook();
  await newKey(name);
  await deliver();
  expect(texts()[0]).toContain(` created ${shown}*`);
});

test.each([
  ["https://hooks.slack.com/services/T0/B0/abcdefghijkl", "https://hooks.slack.com/…ijkl"],
  ["https://chat.example/h/x", "https://chat.example/…"],
  ["https://chat.example/?token=abcdefghijklmnop", "https://chat.example/…mnop"],
])("of %s, %s is shown", (url, shown) => {
  expect(shortenedUrl(url)).toBe(shown);
});

test.each([
  { url: "ftp://example.com/x" },
  { url: "https://user:pass@example.com/x" },
  { url: "javascript:alert(1)" },
  { url: `https://example.com/${"x".repeat(2_000)}` },
  { url: "https://169.254.169.254/latest" },
  { url: "http://hooks.slack.com/x" },
  { url: "https://[::1]/x" },
  { format: "teams" },
  { kinds: ["webhook.test"] },
  { secret: "mine" },
])("a webhook of the site with %j is rejected", async (fields) => {
  const strict = { ...admin, settings: TEST_SETTINGS };
  const input = { url: "https://hooks.slack.com/services/T0/B0/x", format: "slack", ...fields };
  const create = async () => createSiteWebhook({ ctx: strict, input: createSiteWebhookSchema.parse(input) });
  await expect(create()).rejects.toThrow();
});

test("a URL keeps no characters that would change how it is shown", () => {
  const url = "https://hooks.example/a\u202emoc.live\u200b/b";
  expect(createWebhookSchema.parse({ projectId, url }).url).toBe("https://hooks.example/amoc.live/b");
});

test("a webhook of the site receives the events of all projects, signed, also of a deleted one", async () => {
  const input = createSiteWebhookSchema.parse({ url: receiver.url });
  const { webhook, secret } = await createSiteWebhook({ ctx: admin, input });
  expect(secret).toMatch(/^whsec_/);
  expect(webhook.projectId).toBeNull();
  const otherOwner = await makeUser(db);
  const other = ctxOf(db, otherOwner, { clock, settings });
  const elsewhere = await makeProject(db, otherOwner, "Other");
  await newKey();
  await suspendProject({ ctx: admin, input: { projectId: elsewhere, reason: "abuse" } });
  await resumeProject({ ctx: admin, input: { projectId: elsewhere } });
  await deleteProject({ ctx: other, input: { projectId: elsewhere } });
  await deliver();
  const events = receiver.received.map(({ body }) => JSON.parse(body));
  expect(events.map(({ type, data }) => `${type} ${data.project.name}`).sort()).toEqual([
    "key.created Chat",
    "project.deleted Other",
    "project.resumed Other",
    "project.suspended Other",
  ]);
  expect(receiver.received.every(({ headers }) => headers["webhook-signature"] !== undefined)).toBe(true);
  // The owner of a project neither sees nor changes it.
  expect(await listWebhooks({ ctx, input: { projectId } })).toEqual({ items: [] });
  const asProject = { projectId, webhookId: webhook.id };
  await expect(testWebhook({ ctx, input: asProject })).rejects.toMatchObject({ code: "not-found" });
  await testSiteWebhook({ ctx: admin, input: { webhookId: webhook.id } });
  await deliver();
  const { type, data } = JSON.parse(receiver.received.at(-1)?.body ?? "");
  expect([type, new URL(data.url).pathname]).toEqual(["webhook.test", `/admin/webhooks/${webhook.id}`]);
  const log = await listSiteDeliveries({ ctx: admin, input: { webhookId: webhook.id, limit: 50 } });
  expect(log.items.find(({ event }) => event.kind === "webhook.test")?.state).toBe("delivered");
});

test("the site has at most as many webhooks as a project", async () => {
  const limited = {
    ...admin,
    settings: { ...settings, bounds: { ...settings.bounds, webhooksPerProject: 1 } },
  };
  const input = createSiteWebhookSchema.parse({ url: receiver.url });
  const results = await Promise.allSettled([1, 2].map(() => createSiteWebhook({ ctx: limited, input })));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("an event that nobody receives is not stored", async () => {
  const before = await db.read.q.$count(db.read.t.events);
  await createKey({ ctx, input: createKeySchema.parse({ projectId, name: "quiet", environment: "test" }) });
  expect(await db.read.q.$count(db.read.t.events)).toBe(before);
});
