import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeClock, makeMember, makeProject, makeUser } from "#test/people.ts";
import { disableUser } from "../../admin/users.ts";
import type { Ctx, Mail, UserActor } from "../../context.ts";
import { deleteProject } from "../../projects/delete.ts";
import { getProject } from "../../projects/list.ts";
import { acceptInvitation, readInvitation } from "./accept.ts";
import { inviteMember } from "./invite.ts";
import { listMembers } from "./list.ts";
import { removeMember } from "./remove.ts";
import { setRole } from "./set-role.ts";
import { transferOwnership } from "./transfer-ownership.ts";
import { withdrawInvitation } from "./withdraw.ts";

let db: Db;
let owner: UserActor;
let projectId: string;
let ctx: Ctx;
const clock = makeClock();

beforeEach(async () => {
  db = await openTestDb();
  owner = await makeUser(db, { name: "Olga" });
  projectId = await makeProject(db, owner);
  ctx = ctxOf(db, owner, { clock });
});

const rolesOf = async () =>
  (await listMembers({ ctx: ctxOf(db, await admin()), input: { projectId } })).members.map(
    (member) => [member.user.id, member.role] as const,
  );
const admin = () => makeUser(db, { siteRole: "admin" });
const invite = (email: string, more: Partial<Ctx> = {}) =>
  inviteMember({ ctx: { ...ctx, ...more }, input: { projectId, email, role: "developer" } });
const tokenOf = (link: string | null) => new URL(link ?? "").searchParams.get("token") ?? "";

test("an invitation link makes the invited user a member, once", async () => {
  const guest = await makeUser(db, { email: "guest@example.com" });
  const { invitation, link } = await invite("guest@example.com");
  expect(invitation).toMatchObject({ email: "guest@example.com", role: "developer" });
  expect(link).toMatch(/^https:\/\/keys\.example\.com\/invite\?token=[0-9A-Za-z]{40}$/);
  const input = { token: tokenOf(link) };
  const visitor = ctxOf(db, { kind: "visitor", ipAddress: null }, { clock });
  expect(await readInvitation({ ctx: visitor, input })).toMatchObject({
    project: { id: projectId },
    invitedBy: "Olga",
  });
  const asGuest = ctxOf(db, guest, { clock });
  expect(await acceptInvitation({ ctx: asGuest, input })).toEqual({ projectId });
  expect((await getProject({ ctx: asGuest, input: { projectId } })).role).toBe("developer");
});

test("a link used again by the user who joined with it changes nothing, and lets in nobody who was removed", async () => {
  const guest = await makeUser(db, { email: "guest@example.com" });
  const asGuest = ctxOf(db, guest, { clock });
  const input = { token: tokenOf((await invite("guest@example.com")).link) };
  await acceptInvitation({ ctx: asGuest, input });
  expect(await acceptInvitation({ ctx: asGuest, input })).toEqual({ projectId });
  const { audit } = db.read.t;
  const joins = await db.read.q.select().from(audit).where(eq(audit.action, "member.joined"));
  expect(joins).toHaveLength(1);
  await removeMember({ ctx, input: { projectId, userId: guest.userId } });
  await expect(acceptInvitation({ ctx: asGuest, input })).rejects.toMatchObject({ code: "not-found" });
});

test("a link that is used twice at once works once", async () => {
  const guest = ctxOf(db, await makeUser(db, { email: "guest@example.com" }), { clock });
  const { link } = await invite("guest@example.com");
  const input = { token: tokenOf(link) };
  const outcomes = await Promise.allSettled([
    acceptInvitation({ ctx: guest, input }),
    acceptInvitation({ ctx: guest, input }),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "fulfilled"]);
  const { audit } = db.read.t;
  expect(await db.read.q.select().from(audit).where(eq(audit.action, "member.joined"))).toHaveLength(1);
});

test("a link works for nobody else: another account gets nothing from it", async () => {
  const { link } = await invite("guest@example.com");
  const other = ctxOf(db, await makeUser(db), { clock });
  const attempt = acceptInvitation({ ctx: other, input: { token: tokenOf(link) } });
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  expect(await rolesOf()).toEqual([[owner.userId, "owner"]]);
});

test("a link ends after 7 days, when it is withdrawn, when a newer one is created, and with the project", async () => {
  const guest = ctxOf(db, await makeUser(db, { email: "guest@example.com" }), { clock });
  const isRejected = (link: string | null) =>
    expect(acceptInvitation({ ctx: guest, input: { token: tokenOf(link) } })).rejects.toMatchObject({
      code: "not-found",
    });
  const first = await invite("guest@example.com");
  const second = await invite("guest@example.com");
  await isRejected(first.link);
  const { invitations } = await listMembers({ ctx, input: { projectId } });
  expect(invitations.map((invitation) => invitation.id)).toEqual([second.invitation.id]);
  await withdrawInvitation({ ctx, input: { projectId, invitationId: second.invitation.id } });
  await isRejected(second.link);
  const third = await invite("guest@example.com");
  clock.advance(7 * DAY_MS);
  await isRejected(third.link);
  expect((await listMembers({ ctx, input: { projectId } })).invitations).toEqual([]);
  const fourth = await invite("guest@example.com");
  await deleteProject({ ctx, input: { projectId } });
  await isRejected(fourth.link);
});

test("with a mail server the link is mailed and shown to nobody", async () => {
  const sent: Mail[] = [];
  const { link } = await invite("guest@example.com", {
    sendMail: async (mail) => {
      sent.push(mail);
    },
  });
  expect(link).toBeNull();
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ to: "guest@example.com" });
  expect(sent[0]?.text).toMatch(/https:\/\/keys\.example\.com\/invite\?token=[0-9A-Za-z]{40}\n/);
});

test("if the mail server fails, the invitation stays and its link is shown", async () => {
  const { link } = await invite("guest@example.com", {
    sendMail: async () => {
      throw new Error("connection refused");
    },
  });
  expect(link).toContain("/invite?token=");
});

test("a member of the project can't be invited again", async () => {
  const member = await makeMember(db, projectId, "viewer");
  await expect(invite(member.email)).rejects.toMatchObject({ code: "conflict" });
});

test("the last owner can neither leave, nor step down, nor be removed by an administrator", async () => {
  await makeMember(db, projectId, "developer");
  const input = { projectId, userId: owner.userId };
  const conflict = { code: "conflict" };
  await expect(removeMember({ ctx, input })).rejects.toMatchObject(conflict);
  await expect(setRole({ ctx, input: { ...input, role: "viewer" } })).rejects.toMatchObject(conflict);
  await expect(removeMember({ ctx: ctxOf(db, await admin()), input })).rejects.toMatchObject(conflict);
});

test("of two owners who leave at once, one stays", async () => {
  const second = await makeMember(db, projectId, "owner");
  const outcomes = await Promise.allSettled([
    removeMember({ ctx, input: { projectId, userId: owner.userId } }),
    removeMember({ ctx: ctxOf(db, second), input: { projectId, userId: second.userId } }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await rolesOf()).map(([, role]) => role)).toEqual(["owner"]);
});

test("a disabled owner does not count as the owner that a project needs", async () => {
  const second = await makeMember(db, projectId, "owner");
  await disableUser({ ctx: ctxOf(db, await admin()), input: { userId: second.userId } });
  const leave = removeMember({ ctx, input: { projectId, userId: owner.userId } });
  await expect(leave).rejects.toMatchObject({ code: "conflict" });
});

test("every member may leave, but may not remove others", async () => {
  const viewer = await makeMember(db, projectId, "viewer");
  const asViewer = ctxOf(db, viewer);
  const removeOwner = removeMember({ ctx: asViewer, input: { projectId, userId: owner.userId } });
  await expect(removeOwner).rejects.toMatchObject({ code: "forbidden" });
  await removeMember({ ctx: asViewer, input: { projectId, userId: viewer.userId } });
  await expect(getProject({ ctx: asViewer, input: { projectId } })).rejects.toMatchObject({
    code: "not-found",
  });
});

test("transferring ownership makes the new user the owner and the old owner a developer", async () => {
  const newOwner = await makeMember(db, projectId, "viewer");
  await transferOwnership({ ctx, input: { projectId, userId: newOwner.userId } });
  expect(new Map(await rolesOf())).toEqual(
    new Map([
      [owner.userId, "developer"],
      [newOwner.userId, "owner"],
    ]),
  );
});

test("ownership can't be transferred to oneself, to a stranger or to a disabled user", async () => {
  const off = await makeMember(db, projectId, "developer");
  await disableUser({ ctx: ctxOf(db, await admin()), input: { userId: off.userId } });
  const stranger = await makeUser(db);
  const to = (userId: string) => transferOwnership({ ctx, input: { projectId, userId } });
  await expect(to(owner.userId)).rejects.toMatchObject({ code: "invalid" });
  await expect(to(stranger.userId)).rejects.toMatchObject({ code: "not-found" });
  await expect(to(off.userId)).rejects.toMatchObject({ code: "invalid" });
});
