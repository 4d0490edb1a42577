import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
  START,
} from "#test/people.ts";
import { revokeKeys } from "../admin/keys.ts";
import { disableUser } from "../admin/users.ts";
import type { Ctx, Mail, UserActor } from "../context.ts";
import { revokeKey } from "../keys/revoke.ts";
import { rotateKey } from "../keys/rotate.ts";
import { updateKey } from "../keys/update.ts";
import { deleteProject } from "../projects/delete.ts";
import { countUnreadNotifications, listNotifications } from "./list.ts";
import { sendNotificationMails } from "./mail.ts";
import { markNotificationsRead } from "./mark-read.ts";
import { MAX_REPEATED_MAILS, notify } from "./notify.ts";

let db: Db;
let owner: UserActor & { email: string };
let developer: UserActor & { email: string };
let viewer: UserActor;
let projectId: string;
const clock = makeClock();
const withMail = (actor: UserActor): Ctx => ctxOf(db, actor, { clock, sendMail: async () => {} });

beforeEach(async () => {
  clock.set(START);
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner, "Chat");
  developer = await makeMember(db, projectId, "developer");
  viewer = await makeMember(db, projectId, "viewer");
});

const notificationsOf = async (actor: UserActor) =>
  (await listNotifications({ ctx: ctxOf(db, actor, { clock }), input: { limit: 50, unread: false } })).items;

describe("a notification", () => {
  test("reaches owners and developers, but not its actor, viewers or disabled accounts", async () => {
    const gone = await makeMember(db, projectId, "developer");
    await disableUser({ ctx: ctxOf(db, await makeAdmin(db)), input: { userId: gone.userId } });
    const { key } = await makeKey(withMail(owner), projectId, { name: "checkout" });
    await revokeKey({ ctx: withMail(developer), input: { projectId, keyId: key.id } });
    expect(await notificationsOf(owner)).toMatchObject([
      {
        kind: "key.revoked",
        title: `${developer.name} revoked checkout`,
        subject: { id: key.id },
        readAt: null,
      },
    ]);
    for (const other of [developer, viewer, gone]) expect(await notificationsOf(other)).toEqual([]);
  });

  test("leads to no page of a project that was deleted since, in the portal and by mail", async () => {
    const { key } = await makeKey(withMail(owner), projectId, { name: "checkout" });
    await revokeKey({ ctx: withMail(developer), input: { projectId, keyId: key.id } });
    expect((await notificationsOf(owner))[0]?.path).toBe(`/projects/${projectId}/keys/${key.id}`);
    await deleteProject({ ctx: withMail(owner), input: { projectId } });
    const [notification] = await notificationsOf(owner);
    expect(notification).toMatchObject({ path: "/projects", project: { name: "Chat" } });
    expect(notification?.text).toMatch(/restored for 30 days\. The project has since been deleted\.$/);
    const mails: Mail[] = [];
    const sendMail = async (mail: Mail) => void mails.push(mail);
    await sendNotificationMails({ db, sendMail, settings: { url: "https://keys.example" }, now: clock.now });
    expect(mails.find(({ to }) => to === owner.email)?.text).toMatch(
      /\n\nhttps:\/\/keys.example\/projects\n/,
    );
  });

  test("is sent once for the same name, however often it is requested", async () => {
    const notification = {
      kind: "key.expiring",
      projectId,
      subject: { id: "key_1", name: "checkout" },
    } as const;
    const say = (once: string) =>
      db.write((tx) => notify(tx, withMail(owner), { ...notification, data: { days: 14 }, once }));
    expect(await say("a")).toBe(true);
    expect(await say("a")).toBe(false);
    expect(await say("b")).toBe(true);
    expect(await notificationsOf(developer)).toHaveLength(2);
  });

  test("has its own text for disabling, enabling, a new secret and a bulk revocation", async () => {
    const { key } = await makeKey(withMail(owner), projectId, { name: "checkout" });
    const other = await makeKey(withMail(owner), projectId, { name: "worker" });
    const ref = { projectId, keyId: key.id };
    for (const enabled of [false, true])
      await updateKey({ ctx: withMail(developer), input: { ...ref, enabled } });
    await updateKey({ ctx: withMail(developer), input: { ...ref, name: "checkout" } });
    await rotateKey({ ctx: withMail(developer), input: { ...ref, overlapSeconds: 0 } });
    const admin = await makeAdmin(db);
    const keyIds = [key.id, other.key.id];
    await revokeKeys({ ctx: withMail(admin), input: { keyIds, reason: "nobody uses them" } });
    const titles = (await notificationsOf(owner)).map(({ title }) => title);
    expect(titles.sort()).toEqual(
      [
        `${developer.name} disabled checkout`,
        `${developer.name} enabled checkout`,
        `${developer.name} rotated checkout`,
        `${admin.name} revoked 2 keys`,
      ].sort(),
    );
    expect((await notificationsOf(owner)).find(({ kind }) => kind === "keys.revoked")?.text).toContain(
      "nobody uses them",
    );
  });
});

test("is marked as read up to a point, for one person only", async () => {
  const { key } = await makeKey(withMail(owner), projectId);
  const ref = { projectId, keyId: key.id };
  const admin = await makeAdmin(db);
  for (const enabled of [false, true, false]) {
    clock.advance(1_000);
    await updateKey({ ctx: withMail(admin), input: { ...ref, enabled } });
  }
  const [, second] = await notificationsOf(owner);
  await markNotificationsRead({ ctx: withMail(owner), input: { upTo: second?.id ?? "" } });
  const input = { limit: 50, unread: true };
  expect((await listNotifications({ ctx: withMail(owner), input })).items).toHaveLength(1);
  expect(await countUnreadNotifications({ ctx: withMail(owner), input: {} })).toEqual({ unread: 1 });
  expect(await countUnreadNotifications({ ctx: withMail(developer), input: {} })).toEqual({ unread: 3 });
});

describe("mail", () => {
  const work = (sendMail: (mail: Mail) => Promise<void>) =>
    sendNotificationMails({ db, now: clock.now, settings: { url: "https://keys.example.com" }, sendMail });
  const stateOf = async () => {
    const { notifications: notices } = db.read.t;
    const rows = await db.read.q
      .select({ mail: notices.mail })
      .from(notices)
      .where(and(eq(notices.userId, owner.userId)));
    return rows.map(({ mail }) => mail);
  };
  beforeEach(async () => {
    const { key } = await makeKey(withMail(owner), projectId, { name: "check\u00adout" });
    await revokeKey({ ctx: withMail(developer), input: { projectId, keyId: key.id } });
  });

  test("is sent to each person once, whichever portal sends it, with the page to open", async () => {
    const sent: Mail[] = [];
    const send = async (mail: Mail) => void sent.push(mail);
    await Promise.all([work(send), work(send)]);
    expect(await work(send)).toBe(0);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: owner.email, subject: expect.stringContaining("revoked") });
    expect(sent[0]?.text).toContain(`https://keys.example.com/projects/${projectId}/keys/key_`);
    expect(await stateOf()).toEqual(["sent"]);
  });

  test("is retried later if the server does not accept it, and given up in the end", async () => {
    const rejectMail = async () => {
      throw new Error("away");
    };
    expect(await work(rejectMail)).toBe(1);
    expect(await work(rejectMail)).toBe(0);
    for (let tries = 0; tries < 6; tries++) {
      clock.advance(DAY_MS);
      await work(rejectMail);
    }
    expect(await stateOf()).toEqual(["failed"]);
  });

  test("is not sent to people who disabled it, nor without a mail server", async () => {
    await db.write(({ q, t }) =>
      q.update(t.users).set({ mailNotifications: false }).where(eq(t.users.id, owner.userId)),
    );
    const { key } = await makeKey(ctxOf(db, owner), projectId);
    await revokeKey({ ctx: withMail(developer), input: { projectId, keyId: key.id } });
    expect((await stateOf()).sort()).toEqual(["due", "none"]);
  });
});

describe("mails about repeated events", () => {
  const alert = (n: number) =>
    db.write((tx) =>
      notify(tx, ctxOf(db, { kind: "system" }, { clock, sendMail: async () => {} }), {
        kind: "alert.quota",
        projectId,
        subject: { id: "key_1", name: "checkout" },
        data: { scope: "key", percent: 80, limit: n, used: 800, period: "month", resetAt: "2026-12-01" },
        once: `alert:${n}`,
      }),
    );
  const send = async () => {
    const sent: Mail[] = [];
    const sendMail = async (mail: Mail) => void sent.push(mail);
    await sendNotificationMails({ db, sendMail, settings: ctxOf(db, owner).settings, now: clock.now });
    return sent;
  };

  test("are bounded for each person, and come after ordinary ones", async () => {
    for (let n = 0; n < MAX_REPEATED_MAILS + 10; n++) await alert(n);
    const { key } = await makeKey(ctxOf(db, owner), projectId);
    await rotateKey({ ctx: withMail(developer), input: { projectId, keyId: key.id, overlapSeconds: 60 } });
    const batches = [await send(), await send(), await send(), await send()];
    expect(batches[0]?.[0]).toMatchObject({ to: owner.email, subject: expect.stringContaining("rotated") });
    const to = batches.flat().map((mail) => mail.to);
    expect(to.filter((address) => address === owner.email)).toHaveLength(MAX_REPEATED_MAILS + 1);
    expect(to.filter((address) => address === developer.email)).toHaveLength(MAX_REPEATED_MAILS);
    // Nothing is lost: the others are in the portal.
    expect(await notificationsOf(developer)).toHaveLength(MAX_REPEATED_MAILS + 10);
    clock.advance(3_600_001);
    await alert(1_000);
    expect(await send()).toHaveLength(2);
  });

  test("of alerts are sent however many requests for access there are, and the other way round", async () => {
    const admin = await makeAdmin(db);
    const own = await makeProject(db, admin, "Own");
    const about = (kind: "alert.new-network" | "access.requested", n: number) =>
      db.write((tx) =>
        notify(tx, withMail(owner), {
          kind,
          projectId: kind === "access.requested" ? projectId : own,
          subject: { id: "api_1", name: "weather" },
          ...(kind === "access.requested" && { audience: "admins" }),
          once: `${kind}:${n}`,
        }),
      );
    const due = () =>
      db.read.q.$count(
        db.read.t.notifications,
        and(eq(db.read.t.notifications.userId, admin.userId), eq(db.read.t.notifications.mail, "due")),
      );
    for (let n = 0; n < MAX_REPEATED_MAILS + 5; n++) await about("access.requested", n);
    expect(await due()).toBe(MAX_REPEATED_MAILS);
    for (let n = 0; n < MAX_REPEATED_MAILS + 5; n++) await about("alert.new-network", n);
    expect(await due()).toBe(2 * MAX_REPEATED_MAILS);
  });

  test("alternate between people, however many one of them waits for", async () => {
    const other = await makeUser(db);
    for (let n = 0; n < 5; n++) {
      await alert(n);
      clock.advance(1);
    }
    const elsewhere = await makeProject(db, other, "Other");
    await db.write((tx) =>
      notify(tx, withMail(owner), {
        kind: "alert.denials",
        projectId: elsewhere,
        subject: { id: elsewhere, name: "Other" },
        data: { percent: 50, denied: 5, requests: 10, windowMinutes: 15, threshold: 50 },
      }),
    );
    const firstThree = (await send()).slice(0, 3).map((mail) => mail.to);
    expect(firstThree.sort()).toEqual([other.email, owner.email, developer.email].sort());
  });
});
