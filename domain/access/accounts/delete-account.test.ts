import { and, desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { TestAuthenticator } from "#test/authenticator.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
  START,
  TEST_SETTINGS,
} from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { deleteUser } from "../../admin/delete-user.ts";
import { enableUser, listUsers } from "../../admin/users.ts";
import { recordAudit } from "../../audit/record.ts";
import { sealAudit } from "../../audit/seal.ts";
import { verifyAudit } from "../../audit/verify.ts";
import type { Ctx, Mail, UserActor } from "../../context.ts";
import { getKey } from "../../keys/list.ts";
import { authenticateManagementToken } from "../management-tokens/authenticate.ts";
import { createManagementToken } from "../management-tokens/create.ts";
import { acceptInvitation } from "../members/accept.ts";
import { inviteMember } from "../members/invite.ts";
import { setRole } from "../members/set-role.ts";
import { transferOwnership } from "../members/transfer-ownership.ts";
import { deleteAccount, getDeletionBlockers } from "./delete-account.ts";
import { addPasskey, startPasskey } from "./factors/passkeys.ts";
import { updateProfile } from "./profile.ts";
import { actorOfSession, createSession } from "./sessions.ts";

const clock = makeClock();
let db: Db;
let mails: Mail[];

beforeEach(async () => {
  db = await openTestDb();
  clock.set(START);
  mails = [];
});

type Person = UserActor & { email: string; cookie: string };

/** A signed-in person. */
async function person(fields: Parameters<typeof makeUser>[1] = {}): Promise<Person> {
  const user = await makeUser(db, fields);
  const device = { address: "203.0.113.9", userAgent: "Firefox" };
  const cookie = await db.write((tx) =>
    createSession(tx, user.userId, device, clock.now(), TEST_SETTINGS.sessions),
  );
  const actor = await actorOfSession({ db, settings: TEST_SETTINGS }, cookie, null, clock.now());
  if (!actor) throw new Error("the session does not work");
  return { ...user, ...actor, cookie };
}
const ctxFor = (actor: UserActor): Ctx =>
  ctxOf(db, actor, { clock, sendMail: async (mail) => void mails.push(mail) });
const remove = (who: Person, email = who.email) => deleteAccount({ ctx: ctxFor(who), input: { email } });
const GRACE = { name: "Grace Hopper", email: "grace@example.com" };

/** A project of `owner` that `member` joined by an invitation to their address. */
async function projectWith(owner: UserActor, member: Person, role: "developer" | "owner" = "developer") {
  const projectId = await makeProject(db, owner);
  const { link } = await inviteMember({
    ctx: ctxOf(db, owner, { clock }),
    input: { projectId, email: member.email, role },
  });
  const token = new URL(link ?? "").searchParams.get("token") ?? "";
  await acceptInvitation({ ctx: ctxFor(member), input: { token } });
  return projectId;
}

describe("a deleted account", () => {
  test("ends its sessions and tokens at once, and leaves its keys and projects", async () => {
    const owner = await person();
    const grace = await person(GRACE);
    const projectId = await projectWith(owner, grace);
    const { key } = await makeKey(ctxFor(grace), projectId);
    const { token } = await createManagementToken({ ctx: ctxFor(grace), input: { name: "deploy" } });
    await remove(grace);
    expect(await actorOfSession({ db, settings: TEST_SETTINGS }, grace.cookie, null, clock.now())).toBeNull();
    expect(await authenticateManagementToken(db, token, clock.now())).toHaveProperty("rejected");
    const kept = await getKey({ ctx: ctxFor(owner), input: { projectId, keyId: key.id } });
    expect(kept).toMatchObject({ status: "active", createdBy: { id: grace.userId, name: "Deleted user" } });
    expect(mails.filter(({ to }) => to === GRACE.email).at(-1)?.subject).toBe("Your account was deleted");
  });

  test("leaves its id and neither name nor email address, now or earlier, in any table", async () => {
    const owner = await person();
    const grace = await person(GRACE);
    await updateProfile({ ctx: ctxFor(grace), input: { name: "Amazing Grace" } });
    const { options, challenge } = await startPasskey({ ctx: ctxFor(grace) });
    const answer = new TestAuthenticator(TEST_SETTINGS.url).create(options);
    const name = "The phone of Grace";
    await addPasskey({ ctx: ctxFor(grace), input: { name, challenge, answer } });
    await projectWith(owner, { ...grace, name: "Amazing Grace" });
    await remove({ ...grace, name: "Amazing Grace" });
    const rows = await dump(db);
    for (const text of [GRACE.name, "Amazing Grace", GRACE.email, name]) expect(rows).not.toContain(text);
    expect(rows).toContain(grace.userId);
  });

  test("hides neither what its user did nor rows about others behind names that the user chose", async () => {
    const owner = await person();
    const grace = await person(GRACE);
    const projectId = await makeProject(db, owner);
    await db.write((tx) =>
      tx.q
        .insert(tx.t.memberships)
        .values({ projectId, userId: grace.userId, role: "owner", createdAt: START }),
    );
    const invite = { projectId, email: "new-owner@example.com", role: "owner" as const };
    await inviteMember({ ctx: ctxFor(owner), input: invite });
    await inviteMember({ ctx: ctxFor(owner), input: { ...invite, role: "viewer" } });
    const { key } = await makeKey(ctxFor(grace), projectId);
    for (const name of [key.name, "live", invite.email]) {
      await updateProfile({ ctx: ctxFor(grace), input: { name } });
    }
    const about = async () => {
      const { audit } = db.read.t;
      const rows = await db.read.q.select().from(audit).orderBy(audit.seq);
      return rows
        .filter(({ subjectId, actorId }) => subjectId === key.id || actorId === owner.userId)
        .map(({ subjectName, before, after }) => ({ subjectName, before, after }));
    };
    const before = await about();
    expect(before).not.toEqual([]);
    await remove(grace);
    expect(await about()).toEqual(before);
    const { invitations } = db.read.t;
    const left = await db.read.q.select({ email: invitations.email }).from(invitations);
    expect(left).toEqual([{ email: invite.email }, { email: invite.email }]);
  });

  test("leaves no name that a provider of accounts gave it", async () => {
    const grace = await person(GRACE);
    await db.write((tx) =>
      recordAudit(tx, ctxFor(grace), {
        action: "user.scim-linked",
        subject: { id: grace.userId, name: GRACE.name },
        after: { userName: "ghopper" },
      }),
    );
    await remove(grace);
    expect(await dump(db)).not.toContain("ghopper");
  });

  test("keeps the chain of the audit log intact, and a later change of a redacted row breaks it", async () => {
    const owner = await person();
    const grace = await person(GRACE);
    await projectWith(owner, grace);
    await sealAudit(db);
    const { head } = await verifyAudit(db);
    await remove(grace);
    await sealAudit(db);
    expect(await verifyAudit(db, head)).toMatchObject({ broken: null, unsealed: 0, expectedFound: true });

    const { audit } = db.read.t;
    const [row] = await db.read.q.select().from(audit).where(eq(audit.actorId, grace.userId)).limit(1);
    await tamper(row?.seq ?? 0);
    expect(await verifyAudit(db)).toMatchObject({ broken: { why: "changed" } });
  });

  test("can't hide a row that no deletion names: a forged redaction breaks the chain", async () => {
    const owner = await person();
    await makeKey(ctxFor(owner), await makeProject(db, owner));
    await sealAudit(db);
    await tamper(1);
    expect(await verifyAudit(db)).toMatchObject({ broken: { position: 1, why: "changed" } });
  });

  /** Changes a sealed row as far as the database allows it. */
  const tamper = (seq: number) =>
    db.write(({ q, t: { audit } }) =>
      q
        .update(audit)
        .set({ subjectName: "Something else", redactedBy: `aud_forged${seq}` })
        .where(eq(audit.seq, seq)),
    );

  test("can be about someone who is deleted later, and deleted by someone who is: the chain stays intact", async () => {
    const owner = await person({ siteRole: "admin", name: "Olga Owner", email: "olga@example.com" });
    await makeAdmin(db);
    const grace = await person(GRACE);
    const projectId = await projectWith(owner, grace, "owner");
    // One row by the owner about Grace, and one by the owner about her deletion.
    const newOwner = await person();
    await db.write((tx) =>
      tx.q
        .insert(tx.t.memberships)
        .values({ projectId, userId: newOwner.userId, role: "owner", createdAt: START }),
    );
    await setRole({ ctx: ctxFor(owner), input: { projectId, userId: grace.userId, role: "developer" } });
    await deleteUser({ ctx: ctxFor(owner), input: { userId: grace.userId } });
    await remove(owner);
    await sealAudit(db);
    expect(await verifyAudit(db)).toMatchObject({ broken: null, unsealed: 0 });
    const rows = await dump(db);
    for (const text of [GRACE.name, GRACE.email, "Olga Owner", "olga@example.com"]) {
      expect(rows).not.toContain(text);
    }
  });

  test("is in no list and can't be enabled, and its address is free again", async () => {
    const grace = await person(GRACE);
    const admin = ctxFor(await makeAdmin(db));
    await remove(grace);
    const { items } = await listUsers({ ctx: admin, input: { limit: 50 } });
    expect(items.map(({ id }) => id)).not.toContain(grace.userId);
    const input = { userId: grace.userId };
    await expect(enableUser({ ctx: admin, input })).rejects.toMatchObject({ code: "not-found" });
    await expect(deleteUser({ ctx: admin, input })).rejects.toMatchObject({ code: "not-found" });
    await makeUser(db, GRACE);
  });
});

test("a deleted account gets no name again by a request that was on its way", async () => {
  const grace = await person(GRACE);
  await remove(grace);
  const late = updateProfile({ ctx: ctxFor(grace), input: { name: "Amazing Grace" } });
  await expect(late).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await dump(db)).not.toContain("Amazing Grace");
});

test("a project keeps an owner if it is handed over to someone who deletes their account at that moment", async () => {
  const owner = await person();
  for (let round = 0; round < 5; round++) {
    const newOwner = await person();
    const projectId = await projectWith(owner, newOwner);
    await Promise.allSettled([
      remove(newOwner),
      transferOwnership({ ctx: ctxFor(owner), input: { projectId, userId: newOwner.userId } }),
    ]);
    const { memberships } = db.read.t;
    const isOwner = and(eq(memberships.projectId, projectId), eq(memberships.role, "owner"));
    expect(await db.read.q.$count(memberships, isOwner)).toBe(1);
  }
});

describe("an account can't be deleted", () => {
  test("by the only owner of a project, until another member owns it", async () => {
    const grace = await person(GRACE);
    const projectId = await makeProject(db, grace, "Chat");
    const blockers = { projects: [{ id: projectId, name: "Chat" }], onlyAdmin: false };
    expect(await getDeletionBlockers({ ctx: ctxFor(grace) })).toEqual(blockers);
    await expect(remove(grace)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Chat"),
    });
    const newOwner = await makeUser(db);
    await db.write((tx) =>
      tx.q
        .insert(tx.t.memberships)
        .values({ projectId, userId: newOwner.userId, role: "owner", createdAt: START }),
    );
    await remove(grace);
  });

  test("by the only administrator", async () => {
    const admin = await person({ siteRole: "admin" });
    await expect(remove(admin)).rejects.toMatchObject({ code: "conflict" });
    await makeAdmin(db);
    await remove(admin);
  });

  test("without the right address, a recent confirmation and a session", async () => {
    const grace = await person(GRACE);
    await expect(remove(grace, "other@example.com")).rejects.toMatchObject({ code: "invalid" });
    await expect(remove({ ...grace, via: "token" })).rejects.toMatchObject({ code: "forbidden" });
    clock.advance(16 * 60_000);
    await expect(remove(grace)).rejects.toMatchObject({ stepUp: true });
    const { audit } = db.read.t;
    const rows = await db.read.q.select().from(audit).orderBy(desc(audit.seq));
    expect(rows.filter(({ action }) => action === "user.deleted")).toEqual([]);
  });

  test("together with the other owner at the same time: one of two stays", async () => {
    const [one, two] = [await person(), await person()];
    const projectId = await makeProject(db, one);
    await db.write((tx) =>
      tx.q
        .insert(tx.t.memberships)
        .values({ projectId, userId: two.userId, role: "owner", createdAt: START }),
    );
    const done = await Promise.allSettled([remove(one), remove(two)]);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
