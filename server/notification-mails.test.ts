import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { removeMember } from "#domain/access/members/remove.ts";
import { disableUser } from "#domain/admin/users.ts";
import { DEFAULT_BRAND } from "#domain/branding/read.ts";
import type { Ctx, UserActor } from "#domain/context.ts";
import { recordLeaks } from "#domain/keys/leaks/report.ts";
import { sendNotificationMails } from "#domain/notifications/mail.ts";
import { mailer } from "#domain/notifications/mailer.ts";
import { notify } from "#domain/notifications/notify.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { type Smtp, startSmtp } from "#test/smtp.ts";

let db: Db;
let clock: Clock;
let smtp: Smtp;
let owner: UserActor & { email: string };
let system: Ctx;
let projectId: string;

beforeEach(async () => {
  [db, smtp, clock] = [await openTestDb(), await startSmtp(), makeClock()];
  owner = await makeUser(db);
  projectId = await makeProject(db, owner, "Chat");
  const sendMail = mailer(
    { smtp: { url: smtp.url, from: "keys@example.com" }, url: settings.url },
    async () => DEFAULT_BRAND,
  );
  system = ctxOf(db, { kind: "system" }, { clock, sendMail });
});
afterEach(() => smtp.close());

const settings = { url: "https://keys.example.com" };
async function work(): Promise<number> {
  if (system.sendMail === null) throw new Error("there is no mail server");
  return sendNotificationMails({ db, settings, now: clock.now, sendMail: system.sendMail });
}
async function notifyOfExpiry(name: string): Promise<void> {
  clock.advance(1);
  const subject = { id: "key_1", name };
  await db.write((tx) => notify(tx, system, { kind: "key.expiring", projectId, subject, data: { days: 7 } }));
}
/** The first line of each mail. */
const titles = () => smtp.received.map(({ data }) => /\r\n\r\n(.*)\r\n/.exec(data)?.[1]);
const states = async () => {
  const { notifications: notices } = db.read.t;
  return (await db.read.q.select({ mail: notices.mail }).from(notices)).map(({ mail }) => mail);
};

test("a mail is not sent twice while the server is slow, however many portals send", async () => {
  for (const name of ["one", "two", "three"]) await notifyOfExpiry(name);
  const { arrived, release } = smtp.hold();
  const slow = work();
  await arrived;
  // The others are not claimed yet: only the first waits for the server.
  const other = work();
  release();
  expect((await slow) + (await other)).toBe(3);
  expect(titles().sort()).toEqual(
    ["one", "three", "two"].map((name) => expect.stringContaining(`${name} expires`)),
  );
  expect(await states()).toEqual(["sent", "sent", "sent"]);
});

test("a portal that returns with a mail that another took meanwhile changes nothing", async () => {
  await notifyOfExpiry("one");
  await db.write(({ q, t }) =>
    q.update(t.users).set({ email: "nobody@example.com" }).where(eq(t.users.id, owner.userId)),
  );
  const stalled = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = sendNotificationMails({
    db,
    settings,
    now: clock.now,
    async sendMail() {
      begun.resolve();
      await stalled.promise;
      throw new Error("timed out");
    },
  });
  await begun.promise;
  clock.advance(120_001);
  await db.write(({ q, t }) =>
    q.update(t.users).set({ email: owner.email }).where(eq(t.users.id, owner.userId)),
  );
  expect(await work()).toBe(1);
  stalled.resolve();
  await first;
  expect(await states()).toEqual(["sent"]);
  expect(smtp.received).toHaveLength(1);
});

test("a leak is mailed before mails that waited longer", async () => {
  for (let n = 0; n < 25; n++) await notifyOfExpiry(`key ${n}`);
  const { secret } = await makeKey(ctxOf(db, owner, { clock }), projectId, { name: "checkout" });
  await recordLeaks(system, [{ token: secret, url: "" }], "github");
  await work();
  expect(titles()[0]).toContain("checkout was found in public");
});

test("people who left the project or were disabled since get no more mail about it", async () => {
  const [left, disabled] = [
    await makeMember(db, projectId, "developer"),
    await makeMember(db, projectId, "owner"),
  ];
  await notifyOfExpiry("one");
  await removeMember({ ctx: ctxOf(db, owner), input: { projectId, userId: left.userId } });
  await disableUser({ ctx: ctxOf(db, await makeAdmin(db)), input: { userId: disabled.userId } });
  await work();
  await work();
  expect(smtp.received.map(({ to }) => to)).toEqual([[owner.email]]);
  expect((await states()).sort()).toEqual(["none", "none", "sent"]);
});
