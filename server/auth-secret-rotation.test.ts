import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { decode, encode } from "next-auth/jwt";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { createSession } from "#domain/access/accounts/sessions.ts";
import { createWebhook } from "#domain/notifications/webhooks/create.ts";
import { webhookSealingContext } from "#domain/notifications/webhooks/message.ts";
import { createWebhookSchema } from "#domain/notifications/webhooks/schema.ts";
import { testWebhook } from "#domain/notifications/webhooks/send.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { makeTestDatabase } from "#test/db.ts";
import { ctxOf, makeClock, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { startPortal } from "#test/portal-process.ts";
import { type Receiver, startReceiver } from "#test/receiver.ts";
import type { ServerProcess } from "#test/server-process.ts";

const FORMER = "the-former-secret-the-former-secret-012345";
const CURRENT = "the-current-secret-the-current-secret-6789";
const DEVICE = { address: null, userAgent: null };

let db: Db;
let dataDir: string;
let portal: ServerProcess;
let receiver: Receiver;
let cookie: string;
let webhook: { id: string; secret: string };
let link: URL;

beforeAll(async () => {
  const databaseUrl = await makeTestDatabase();
  db = await openDb(databaseUrl);
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-rotation-"));
  receiver = await startReceiver();
  // Everything below was signed or sealed before the rotation.
  const owner = await makeUser(db);
  const clock = makeClock(Date.now());
  const ctx = ctxOf(db, owner, {
    clock,
    sealer: sealerWith(FORMER),
    settings: { ...TEST_SETTINGS, webhooksToPrivate: true },
  });
  const projectId = await makeProject(db, owner, "Chat");
  const input = createWebhookSchema.parse({ projectId, url: receiver.url });
  const created = await createWebhook({ ctx, input });
  webhook = { id: created.webhook.id, secret: created.secret ?? "" };
  await testWebhook({ ctx, input: { projectId, webhookId: webhook.id } });
  const sid = await db.write((tx) =>
    createSession(tx, owner.userId, DEVICE, Date.now(), TEST_SETTINGS.sessions),
  );
  cookie = await encode({ token: { sid }, secret: FORMER, maxAge: 3_600 });
  link = new URL((await createFirstAdminLink({ ctx: ctxOf(db, { kind: "system" }, { clock }) })) ?? "");

  const secretFile = join(dataDir, "accepted");
  await writeFile(secretFile, `${FORMER}\n`);
  portal = await startPortal({
    DATABASE_URL: databaseUrl,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_WEBHOOKS_TO_PRIVATE: "allow",
    AUTH_SECRET: CURRENT,
    LATCHKEY_ACCEPTED_AUTH_SECRETS_FILE: secretFile,
  });
}, 600_000);
afterAll(async () => {
  await portal.stop();
  await receiver.stop();
  await db.close();
  await rm(dataDir, { recursive: true });
});

const open = (path: string, sent = "") =>
  fetch(portal.url + path, { redirect: "manual", headers: { Cookie: `latchkey.session=${sent}` } });

test("a session from before the rotation stays signed in and gets a cookie of the new secret", async () => {
  const page = await open("/account", cookie);
  expect(page.status).toBe(200);
  const [renewed = ""] = page.headers.getSetCookie().filter((line) => line.startsWith("latchkey.session="));
  expect(renewed).toMatch(/Path=\/.*HttpOnly.*SameSite=lax/i);
  const value = /=([^;]+)/.exec(renewed)?.[1] ?? "";
  expect(await decode({ token: value, secret: CURRENT })).not.toBeNull();
  const again = await open("/account", value);
  expect(again.status).toBe(200);
  expect(again.headers.getSetCookie()).toEqual([]);
  const foreign = await encode({ token: { sid: "abc" }, secret: "another secret" });
  expect((await open("/account", foreign)).status).toBe(307);
});

test("the sign-in routes renew no session, because they set another cookie", async () => {
  const csrf = await open("/api/auth/csrf", cookie);
  expect(csrf.headers.getSetCookie().join()).not.toContain("latchkey.session");
});

test("a webhook is delivered with the same signing secret, which the new secret then seals alone", async () => {
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const [sent] = receiver.received;
  expect(new Webhook(webhook.secret).verify(sent?.body ?? "", sent?.headers ?? {})).toBeDefined();
  const sealed = async () => {
    const { webhooks } = db.read.t;
    const [row] = await db.read.q.select().from(webhooks).where(eq(webhooks.id, webhook.id));
    return row?.sealedSecret ?? "";
  };
  const openedByCurrent = async () => {
    try {
      return sealerWith(CURRENT).unseal(await sealed(), webhookSealingContext(webhook.id));
    } catch {
      return null;
    }
  };
  await expect.poll(openedByCurrent, { timeout: 20_000 }).toBe(webhook.secret);
});

test("a one-time link from before the rotation still works", async () => {
  const page = await (await open(link.pathname + link.search)).text();
  expect(page).toContain("Create administrator");
});

test("neither secret is in the output", () => {
  expect(portal.output()).not.toContain(FORMER);
  expect(portal.output()).not.toContain(CURRENT);
});
