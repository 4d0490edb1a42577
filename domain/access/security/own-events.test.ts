import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeUser, START } from "#test/people.ts";
import { setSiteRole } from "../../admin/users.ts";
import type { UserActor } from "../../context.ts";
import { updateProfile } from "../accounts/profile.ts";
import { revokeAnyManagementToken } from "../management-tokens/all.ts";
import { authenticateManagementToken } from "../management-tokens/authenticate.ts";
import { createManagementToken } from "../management-tokens/create.ts";
import { SecurityLog } from "./log.ts";
import { listOwnEvents } from "./own-events.ts";
import { recordSignInFailed } from "./record.ts";

let db: Db;
let user: UserActor & { email: string };
let log: SecurityLog;
beforeEach(async () => {
  db = await openTestDb();
  user = await makeUser(db);
  log = new SecurityLog({
    db,
    now: () => START,
    line: () => {},
    onError: (error) => expect.fail(String(error)),
  });
});

const list = async (as: UserActor = user, cursor?: string, limit = 50) =>
  listOwnEvents({ ctx: ctxOf(db, as), input: { limit, cursor } });
const visitor = { kind: "visitor", ipAddress: "203.0.113.66" } as const;

test("a user sees failed sign-ins, own changes, and uses of their tokens, newest first", async () => {
  const { token, managementToken } = await createManagementToken({
    ctx: ctxOf(db, user),
    input: { name: "deploy" },
  });
  const ctx = ctxOf(db, visitor, { securityLog: log });
  const account = { id: user.userId, name: user.name };
  recordSignInFailed(ctx, { method: "password", reason: "wrong-password", account, typed: "x" });
  await log.settled();
  const use = { ipAddress: "203.0.113.9", securityLog: log };
  await authenticateManagementToken(db, token, START, use);
  await log.settled();
  const admin = await makeAdmin(db);
  await revokeAnyManagementToken({
    ctx: ctxOf(db, admin),
    input: { managementTokenId: managementToken.id },
  });
  await authenticateManagementToken(db, token, START, { ...use, ipAddress: visitor.ipAddress });
  await log.settled();
  expect((await list()).items).toMatchObject([
    {
      event: "managementToken.rejected",
      reason: "revoked",
      token: "deploy",
      by: "visitor",
      address: visitor.ipAddress,
    },
    { event: "managementToken.revoked", by: "administrator", address: null },
    { event: "managementToken.used-from-new-address", by: "you", address: "203.0.113.9" },
    { event: "user.sign-in-failed", reason: "wrong-password", method: "password", by: "visitor" },
    { event: "managementToken.created", by: "you" },
  ]);
});

test("nothing of other people is in it: not their events, nor the name or address of an administrator", async () => {
  const admin = await makeUser(db, { siteRole: "admin", name: "Ada Admin" });
  const other = await makeUser(db);
  await updateProfile({ ctx: ctxOf(db, other), input: { name: "Renamed" } });
  await createManagementToken({ ctx: ctxOf(db, other), input: { name: "others" } });
  const secret = { ...admin, ipAddress: "192.0.2.44" };
  await setSiteRole({ ctx: ctxOf(db, secret), input: { userId: user.userId, siteRole: "admin" } });
  const { items } = await list();
  expect(items).toMatchObject([{ event: "user.role-changed", by: "administrator", address: null }]);
  expect(JSON.stringify(items)).not.toMatch(/Ada Admin|192\.0\.2\.44|others|Renamed/);
});

test("it comes in pages that neither repeat nor leave out an event", async () => {
  for (let count = 0; count < 5; count += 1) {
    await updateProfile({ ctx: ctxOf(db, user), input: { name: `Name ${count}` } });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(user, cursor, 2);
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});

test("a management token can't read it", async () => {
  await expect(list({ ...user, via: "token" })).rejects.toMatchObject({ code: "forbidden" });
});
