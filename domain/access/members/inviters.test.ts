import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import { ctxOf, makeAdmin, makeMember, makeProject, makeUser } from "#test/people.ts";
import { disableUser, enableUser, setSiteRole } from "../../admin/users.ts";
import type { Ctx, UserActor } from "../../context.ts";
import { inviteToSite } from "../accounts/invite-to-site.ts";
import { readSignUpLink } from "../accounts/sign-up.ts";
import { acceptInvitation } from "./accept.ts";
import { inviteMember } from "./invite.ts";
import { listMembers } from "./list.ts";
import { removeMember } from "./remove.ts";
import { setRole } from "./set-role.ts";
import { transferOwnership } from "./transfer-ownership.ts";
import { withdrawInvitation } from "./withdraw.ts";

/** The second address of a user who expects to be removed. */
const AGAIN = "again@example.com";
let db: Db;
let admin: UserActor;
let owner: UserActor;
let going: UserActor;
let again: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  admin = await makeAdmin(db);
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
  going = await makeMember(db, projectId, "owner");
  again = ctxOf(db, await makeUser(db, { email: AGAIN }));
});

const tokenOf = (link: string | null) => new URL(link ?? "").searchParams.get("token") ?? "";
const invite = async (by: UserActor, email = AGAIN, to = projectId) => {
  const { invitation, link } = await inviteMember({
    ctx: ctxOf(db, by),
    input: { projectId: to, email, role: "owner" },
  });
  return { id: invitation.id, token: tokenOf(link) };
};
const join = (token: string) => acceptInvitation({ ctx: again, input: { token } });
const open = async () =>
  (await listMembers({ ctx: ctxOf(db, admin), input: { projectId } })).invitations.map(({ id }) => id);
const withdrawn = async () => {
  const { audit } = db.read.t;
  const rows = await db.read.q.select().from(audit).where(eq(audit.action, "invitation.withdrawn"));
  return rows.map((row) => [row.subjectId, row.subjectName, row.projectId, row.actorId]);
};

describe("a user who loses the right to invite keeps no way back in", () => {
  const of = () => ({ projectId, userId: going.userId });
  test.each([
    ["removed", () => owner, () => removeMember({ ctx: ctxOf(db, owner), input: of() })],
    ["gone by themselves", () => going, () => removeMember({ ctx: ctxOf(db, going), input: of() })],
    [
      "demoted",
      () => owner,
      () => setRole({ ctx: ctxOf(db, owner), input: { ...of(), role: "developer" as const } }),
    ],
    [
      "no owner after a handover",
      () => going,
      () => transferOwnership({ ctx: ctxOf(db, going), input: { projectId, userId: owner.userId } }),
    ],
    [
      "disabled",
      () => admin,
      () => disableUser({ ctx: ctxOf(db, admin), input: { userId: going.userId } }).then(() => {}),
    ],
  ] as const)(
    "%s: their invitations there are withdrawn, with an audit entry, and others stay",
    async (_, by, go) => {
      const elsewhere = await makeProject(db, going, "Elsewhere");
      const [theirs, others] = [await invite(going), await invite(owner, "other@example.com")];
      await invite(going, AGAIN, elsewhere);
      await go();
      await expect(join(theirs.token)).rejects.toMatchObject({ code: "not-found" });
      expect(await open()).toEqual([others.id]);
      expect(await withdrawn()).toContainEqual([theirs.id, AGAIN, projectId, by().userId]);
    },
  );

  test("their invitations elsewhere stay valid until the account is disabled", async () => {
    const elsewhere = await makeProject(db, going, "Elsewhere");
    const [first, second] = [await invite(going, AGAIN, elsewhere), await invite(going, "b@example.com")];
    await removeMember({ ctx: ctxOf(db, owner), input: of() });
    expect((await withdrawn()).map(([id]) => id)).toEqual([second.id]);
    await disableUser({ ctx: ctxOf(db, admin), input: { userId: going.userId } });
    expect((await withdrawn()).map(([id]) => id).sort()).toEqual([first.id, second.id].sort());
    await expect(join(first.token)).rejects.toMatchObject({ code: "not-found" });
  });

  test("enabling an account again does not bring back its invitations", async () => {
    const { token } = await invite(going);
    const input = { userId: going.userId };
    await disableUser({ ctx: ctxOf(db, admin), input });
    await enableUser({ ctx: ctxOf(db, admin), input });
    await expect(join(token)).rejects.toMatchObject({ code: "not-found" });
    expect(await open()).toEqual([]);
  });

  test("an invitation that is being created while its inviter is disabled lets nobody in", async () => {
    await disableUser({ ctx: ctxOf(db, admin), input: { userId: going.userId } });
    const { token } = await invite(going);
    await expect(join(token)).rejects.toMatchObject({ code: "not-found" });
    expect(await readSignUpLink({ ctx: again, input: { token } })).toBeNull();
    expect(await open()).toEqual([]);
  });

  test("a demoted administrator loses invitations to the site and to others' projects, but not to their own", async () => {
    const second = await makeAdmin(db);
    const own = await makeProject(db, second, "Own");
    const { link } = await inviteToSite({ ctx: ctxOf(db, second), input: { email: "site@example.com" } });
    const [others, theirs] = [await invite(second), await invite(second, AGAIN, own)];
    const input = { userId: second.userId, siteRole: "developer" as const };
    await setSiteRole({ ctx: ctxOf(db, admin), input });
    expect(await readSignUpLink({ ctx: again, input: { token: tokenOf(link) } })).toBeNull();
    await expect(join(others.token)).rejects.toMatchObject({ code: "not-found" });
    expect(await join(theirs.token)).toEqual({ projectId: own });
    expect((await withdrawn()).map(([, email, project]) => [email, project])).toEqual(
      expect.arrayContaining([
        ["site@example.com", null],
        [AGAIN, projectId],
      ]),
    );
  });
});

test("an invitation that is withdrawn while it is being accepted lets nobody in", async () => {
  const { id, token } = await invite(going);
  let joining: Promise<unknown> | undefined;
  const uncommitted = (tx: Parameters<Parameters<Db["write"]>[0]>[0]) => ({
    ...ctxOf(db, owner),
    db: { ...db, write: <T>(work: (within: typeof tx) => Promise<T>) => work(tx) },
  });
  await db.write(async (tx) => {
    await withdrawInvitation({ ctx: uncommitted(tx), input: { projectId, invitationId: id } });
    // It read the invitation as open by now, and waits for the row. On SQLite it waits to begin.
    joining = join(token).catch((error: unknown) => error);
    if (db.dialect === "postgres") await expect.poll(() => waitingForLocks(db), { timeout: 10_000 }).toBe(1);
  });
  expect(await joining).toMatchObject({ code: "not-found" });
  const { members } = await listMembers({ ctx: ctxOf(db, admin), input: { projectId } });
  expect(members.map(({ user }) => user.email)).not.toContain(AGAIN);
});
