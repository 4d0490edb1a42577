import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { actorOfSession, createSession } from "../access/accounts/sessions.ts";
import { authenticateManagementToken } from "../access/management-tokens/authenticate.ts";
import { createManagementToken } from "../access/management-tokens/create.ts";
import type { Ctx, UserActor } from "../context.ts";
import { disableUser, enableUser, listUsers, setSiteRole } from "./users.ts";

let db: Db;
let admin: UserActor;
let ctx: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  admin = await makeUser(db, { siteRole: "admin", name: "Ada" });
  ctx = ctxOf(db, admin);
});

test("the last administrator can neither step down nor be disabled", async () => {
  const conflict = { code: "conflict" };
  const userId = admin.userId;
  await expect(setSiteRole({ ctx, input: { userId, siteRole: "developer" } })).rejects.toMatchObject(
    conflict,
  );
  await expect(disableUser({ ctx, input: { userId } })).rejects.toMatchObject(conflict);
  const second = await makeAdmin(db);
  await disableUser({ ctx, input: { userId: second.userId } });
  // One who can't sign in does not count.
  await expect(disableUser({ ctx, input: { userId } })).rejects.toMatchObject(conflict);
});

test("of two administrators who step down at once, one stays", async () => {
  const second = await makeAdmin(db);
  const stepDown = ({ userId }: UserActor) => setSiteRole({ ctx, input: { userId, siteRole: "developer" } });
  const outcomes = await Promise.allSettled([stepDown(admin), stepDown(second)]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  const { items } = await listUsers({ ctx, input: { limit: 50 } });
  expect(items.filter((user) => user.siteRole === "admin")).toHaveLength(1);
});

test("a management token ends for good with its user's account: enabling the account does not revive it", async () => {
  const user = await makeUser(db);
  const { token } = await createManagementToken({ ctx: ctxOf(db, user), input: { name: "deploy" } });
  const holder = () => authenticateManagementToken(db, token, ctx.now());
  expect(await holder()).toMatchObject({ actor: { userId: user.userId } });
  const off = await disableUser({ ctx, input: { userId: user.userId } });
  expect(off.disabledAt).not.toBeNull();
  expect(await holder()).toHaveProperty("rejected");
  const on = await enableUser({ ctx, input: { userId: user.userId } });
  expect(on.disabledAt).toBeNull();
  expect(await holder()).toHaveProperty("rejected");
});

test("a session from before an account was disabled does not come back with it", async () => {
  const { userId } = await makeUser(db);
  const device = { address: null, userAgent: null };
  const session = await db.write((tx) =>
    createSession(tx, userId, device, ctx.now(), TEST_SETTINGS.sessions),
  );
  const signedIn = () => actorOfSession({ db, settings: TEST_SETTINGS }, session, null, ctx.now());
  expect(await signedIn()).toMatchObject({ userId });
  await disableUser({ ctx, input: { userId } });
  await enableUser({ ctx, input: { userId } });
  expect(await signedIn()).toBeNull();
});

test("users are listed by name, page by page, each once, with their number of projects", async () => {
  for (const name of ["Bea", "bea", "Cem", "Ada"]) await makeUser(db, { name });
  const dora = await makeUser(db, { name: "Dora" });
  await makeProject(db, dora);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listUsers({ ctx, input: { limit: 2, cursor } });
    seen.push(...page.items.map((user) => user.name.toLowerCase()));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(["ada", "ada", "bea", "bea", "cem", "dora"]);
  const { items } = await listUsers({ ctx, input: { limit: 50, search: "DOR" } });
  expect(items).toMatchObject([{ id: dora.userId, projects: 1 }]);
});

test("a search takes the wildcards of databases literally", async () => {
  await makeUser(db, { name: "100% Ada" });
  const find = async (search: string) =>
    (await listUsers({ ctx, input: { limit: 50, search } })).items.map((user) => user.name);
  expect(await find("0%")).toEqual(["100% Ada"]);
  expect(await find("1_0")).toEqual([]);
});
