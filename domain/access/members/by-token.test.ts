import { eq } from "drizzle-orm";
import type { SelectedFields } from "drizzle-orm/pg-core";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { MANAGEMENT_SCOPES, type ManagementScope } from "#core/scopes.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import { ctxOf, makeAdmin, makeMember, makeProject, makeUser, START } from "#test/people.ts";
import type { Ctx, UserActor } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { markNotificationsRead } from "../../notifications/mark-read.ts";
import { acceptInvitation } from "./accept.ts";
import { inviteMember } from "./invite.ts";
import { listMembers } from "./list.ts";
import { removeMember } from "./remove.ts";
import { setRole } from "./set-role.ts";
import { transferOwnership } from "./transfer-ownership.ts";
import { undoTokenChange } from "./undo.ts";
import { withdrawInvitation } from "./withdraw.ts";

let db: Db;
let owner: UserActor;
let other: UserActor;
let viewer: UserActor;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  owner = await makeUser(db, { name: "Olga" });
  projectId = await makeProject(db, owner);
  other = await makeMember(db, projectId, "owner");
  viewer = await makeMember(db, projectId, "viewer");
});

const script = (user: UserActor, scopes: readonly ManagementScope[] = ["members:write"]): Ctx =>
  ctxOf(db, { ...user, via: "token", token: { id: "mgt_1", name: "deploy", scopes } });
const invited = (ctx: Ctx, role: "owner" | "viewer" = "viewer") =>
  inviteMember({ ctx, input: { projectId, email: "eve@example.com", role } });
const noticesOf = async (user: UserActor) =>
  (await listNotifications({ ctx: ctxOf(db, user), input: { limit: 50, unread: true } })).items;
const titles = async (user: UserActor) => (await noticesOf(user)).map(({ title }) => title);

test("every owner, including the token's user, is notified of what a token did to members; nobody else is", async () => {
  const developer = await makeMember(db, projectId, "developer");
  const { invitation } = await invited(script(owner));
  await withdrawInvitation({ ctx: script(owner), input: { projectId, invitationId: invitation.id } });
  const member = { projectId, userId: viewer.userId };
  await setRole({ ctx: script(owner), input: { ...member, role: "developer" } });
  await removeMember({ ctx: script(owner), input: member });
  const said = [
    `A management token of Olga removed ${viewer.name}, whose role was developer`,
    `A management token of Olga changed the role of ${viewer.name} from viewer to developer`,
    "A management token of Olga withdrew the invitation of eve@example.com",
    "A management token of Olga invited eve@example.com as viewer",
  ];
  for (const one of [owner, other]) expect((await titles(one)).sort()).toEqual([...said].sort());
  for (const { path, text } of await noticesOf(other)) {
    expect(path).toBe(`/projects/${projectId}/members`);
    expect(text).toContain("deploy");
  }
  expect(await titles(developer)).toEqual([]);
});

test("what owners do in a session is not announced as done by a token", async () => {
  await invited(ctxOf(db, owner));
  await setRole({ ctx: ctxOf(db, owner), input: { projectId, userId: viewer.userId, role: "developer" } });
  expect(await titles(other)).toEqual([]);
});

test("an owner can undo everything that a token did", async () => {
  const undo = ctxOf(db, other);
  const { invitation, link } = await invited(script(owner));
  await withdrawInvitation({ ctx: undo, input: { projectId, invitationId: invitation.id } });
  const eve = ctxOf(db, await makeUser(db, { email: "eve@example.com" }));
  const token = new URL(link ?? "").searchParams.get("token") ?? "";
  await expect(acceptInvitation({ ctx: eve, input: { token } })).rejects.toMatchObject({ code: "not-found" });

  await setRole({ ctx: script(owner), input: { projectId, userId: viewer.userId, role: "developer" } });
  await setRole({ ctx: undo, input: { projectId, userId: viewer.userId, role: "viewer" } });
  const { members } = await listMembers({ ctx: undo, input: { projectId } });
  expect(members.find(({ user }) => user.id === viewer.userId)?.role).toBe("viewer");
});

describe("the button of the notification", () => {
  const undoFirst = async (as: UserActor = other) => {
    const [notice] = await noticesOf(other);
    return undoTokenChange({ ctx: ctxOf(db, as), input: { projectId, eventId: notice?.id ?? "" } });
  };
  const member = async (userId: string) =>
    (await listMembers({ ctx: ctxOf(db, owner), input: { projectId } })).members.find(
      ({ user }) => user.id === userId,
    )?.role;
  const open = async () =>
    (await listMembers({ ctx: ctxOf(db, owner), input: { projectId } })).invitations.map(
      ({ email }) => email,
    );

  test("withdraws an invitation, once, and changes nothing that webhooks sent", async () => {
    await invited(script(owner));
    const { events } = db.read.t;
    const sent = async () =>
      (await db.read.q.select().from(events)).map(({ undoneAt: _, ...event }) => event);
    const before = await sent();
    await undoFirst();
    expect(await sent()).toEqual(before);
    expect((await noticesOf(other))[0]?.data).toMatchObject({ undone: true });
    expect(await open()).toEqual([]);
    await expect(undoFirst()).rejects.toMatchObject({
      code: "conflict",
      message: "This has already been undone.",
    });
  });

  test("does nothing for what an earlier version undid, which noted it in the data of the event", async () => {
    await setRole({ ctx: script(owner), input: { projectId, userId: viewer.userId, role: "developer" } });
    const { events } = db.read.t;
    const [event] = await db.read.q.select().from(events);
    await db.write(({ q }) => q.update(events).set({ data: { ...event?.data, undone: true } }));
    await expect(undoFirst()).rejects.toMatchObject({ message: "This has already been undone." });
    expect(await member(viewer.userId)).toBe("developer");
  });

  test("opens a withdrawn invitation again, whose link then works", async () => {
    const { invitation, link } = await invited(ctxOf(db, owner));
    await withdrawInvitation({ ctx: script(owner), input: { projectId, invitationId: invitation.id } });
    await undoFirst();
    expect(await open()).toEqual(["eve@example.com"]);
    const eve = await makeUser(db, { email: "eve@example.com" });
    const token = new URL(link ?? "").searchParams.get("token") ?? "";
    await acceptInvitation({ ctx: ctxOf(db, eve), input: { token } });
    expect(await member(eve.userId)).toBe("viewer");
  });

  test("opens no invitation again whose person was invited again since", async () => {
    const { invitation } = await invited(ctxOf(db, owner));
    await withdrawInvitation({ ctx: script(owner), input: { projectId, invitationId: invitation.id } });
    await invited(ctxOf(db, owner));
    await expect(undoFirst()).rejects.toMatchObject({ code: "conflict" });
  });

  test("adds nobody again whose account is disabled at the same time", async () => {
    await removeMember({ ctx: script(owner), input: { projectId, userId: viewer.userId } });
    let undoing: Promise<unknown> | undefined;
    await db.write(async ({ q, t: { users } }) => {
      await q.update(users).set({ disabledAt: START }).where(eq(users.id, viewer.userId));
      // It waits for the account's row. On SQLite it waits to begin.
      undoing = undoFirst().catch((error: unknown) => error);
      if (db.dialect === "postgres")
        await expect.poll(() => waitingForLocks(db), { timeout: 10_000 }).toBe(1);
    });
    expect(await undoing).toMatchObject({ code: "conflict" });
    expect(await member(viewer.userId)).toBeUndefined();
  });

  test("gives a removed member the role back, and a changed one the role before", async () => {
    const input = { projectId, userId: viewer.userId };
    await removeMember({ ctx: script(owner), input });
    await undoFirst();
    expect(await member(viewer.userId)).toBe("viewer");
    await setRole({ ctx: script(owner), input: { ...input, role: "developer" } });
    const notice = (await noticesOf(other)).find(({ data }) => data.change === "role-changed");
    const undo = () =>
      undoTokenChange({ ctx: ctxOf(db, other), input: { projectId, eventId: notice?.id ?? "" } });
    await setRole({ ctx: ctxOf(db, owner), input: { ...input, role: "owner" } });
    await expect(undo()).rejects.toMatchObject({ code: "conflict" });
    await setRole({ ctx: ctxOf(db, owner), input: { ...input, role: "developer" } });
    await undo();
    expect(await member(viewer.userId)).toBe("viewer");
  });

  test("reports an error of the database as such, not as a later change", async () => {
    await setRole({ ctx: script(owner), input: { projectId, userId: viewer.userId, role: "developer" } });
    const write = db.write.bind(db);
    vi.spyOn(db, "write").mockImplementationOnce((work) =>
      write((tx) => {
        const select = tx.q.select.bind(tx.q);
        vi.spyOn(tx.q, "select").mockImplementation((...fields: [SelectedFields]) => {
          // Of what undoing reads, only the member has it.
          if ("disabledAt" in { ...fields[0] }) throw new Error("gone");
          return select(...fields);
        });
        return work(tx);
      }),
    );
    await expect(undoFirst()).rejects.toThrow("gone");
  });

  test("removes someone who joined", async () => {
    const eve = await makeUser(db, { email: "eve@example.com" });
    const { link } = await invited(ctxOf(db, owner));
    const token = new URL(link ?? "").searchParams.get("token") ?? "";
    await acceptInvitation({ ctx: script(eve), input: { token } });
    const notice = (await noticesOf(other)).find(({ data }) => data.change === "joined");
    await undoTokenChange({ ctx: ctxOf(db, other), input: { projectId, eventId: notice?.id ?? "" } });
    expect(await member(eve.userId)).toBeUndefined();
  });

  test("works for owners of that project only, and for no other event", async () => {
    await invited(script(owner));
    await expect(undoFirst(viewer)).rejects.toMatchObject({ code: "forbidden" });
    const elsewhere = await makeProject(db, other);
    const [notice] = await noticesOf(other);
    const input = { projectId: elsewhere, eventId: notice?.id ?? "" };
    await expect(undoTokenChange({ ctx: ctxOf(db, other), input })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await open()).toEqual(["eve@example.com"]);
  });
});

describe("a token can't change ownership, because its owners could not undo that", () => {
  test.each<[string, (ctx: Ctx) => Promise<unknown>]>([
    ["inviting an owner", (ctx) => invited(ctx, "owner")],
    [
      "making a member an owner",
      (ctx) => setRole({ ctx, input: { projectId, userId: viewer.userId, role: "owner" } }),
    ],
    [
      "demoting an owner",
      (ctx) => setRole({ ctx, input: { projectId, userId: other.userId, role: "viewer" } }),
    ],
    ["removing an owner", (ctx) => removeMember({ ctx, input: { projectId, userId: other.userId } })],
    ["leaving as an owner", (ctx) => removeMember({ ctx, input: { projectId, userId: owner.userId } })],
    ["handing over", (ctx) => transferOwnership({ ctx, input: { projectId, userId: other.userId } })],
  ])("%s", async (_, attempt) => {
    const before = await listMembers({ ctx: ctxOf(db, owner), input: { projectId } });
    for (const user of [owner, await makeAdmin(db)]) {
      const ctx = script(user, MANAGEMENT_SCOPES);
      await expect(attempt(ctx)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await listMembers({ ctx: ctxOf(db, owner), input: { projectId } })).toEqual(before);
  });
});

test("a token can't mark the notification of an action it took as read to hide it from its user", async () => {
  await invited(script(owner));
  const [notice] = await noticesOf(owner);
  const input = { upTo: notice?.id ?? "" };
  await markNotificationsRead({ ctx: script(owner), input });
  expect(await titles(owner)).toHaveLength(1);
  await markNotificationsRead({ ctx: ctxOf(db, owner), input });
  expect(await titles(owner)).toEqual([]);
});

test("a user's token joins a project only with the scope, and the owners learn that it was a token", async () => {
  const eve = await makeUser(db, { email: "eve@example.com", name: "Eve" });
  const { link } = await invited(ctxOf(db, owner));
  const input = { token: new URL(link ?? "").searchParams.get("token") ?? "" };
  const without = script(
    eve,
    MANAGEMENT_SCOPES.filter((scope) => scope !== "members:write"),
  );
  await expect(acceptInvitation({ ctx: without, input })).rejects.toMatchObject({ code: "forbidden" });
  await acceptInvitation({ ctx: script(eve), input });
  expect(await titles(other)).toContain("A management token of Eve let Eve join as viewer");
});
