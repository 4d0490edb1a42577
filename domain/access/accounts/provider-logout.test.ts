import { isNull } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import { ctxOf, makeClock, TEST_SETTINGS } from "#test/people.ts";
import type { Actor } from "../../context.ts";
import { authenticateManagementToken } from "../management-tokens/authenticate.ts";
import { startPendingSignIn } from "./factors/pending-sign-in.ts";
import { logOutByProvider, type ProviderLogout } from "./provider-logout.ts";
import { signInWithProvider } from "./providers.ts";

const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };
const ISSUER = "https://id.example";
let db: Db;
const clock = makeClock();
beforeEach(async () => {
  db = await openTestDb();
});
const ctx = () => ctxOf(db, VISITOR, { clock, settings: { ...TEST_SETTINGS, signUp: { kind: "open" } } });
/** Signs in and returns the user's id. */
const enter = async (
  accountId: string,
  sid: string | null,
  issuer = ISSUER,
  { startedAt = clock.now() + 1, through = db } = {},
) => {
  const input = {
    startedAt,
    provider: "oidc",
    issuer,
    accountId,
    name: accountId,
    email: { address: `${accountId}@example.com` },
    linksByEmail: true,
    siteRole: null,
    sid,
  };
  return (await signInWithProvider({ ctx: { ...ctx(), db: through }, input, userAgent: null })).userId;
};
let tokens = 0;
const logOut = (more: Partial<ProviderLogout>) => {
  tokens += 1;
  const expiresAt = clock.now() + 360_000;
  const input = { issuer: ISSUER, sub: null, sid: null, jti: String(tokens), expiresAt, ...more };
  return logOutByProvider({ ctx: ctx(), input });
};
/** The provider's ids of the sessions that are open. */
const open = async () => {
  const { sessions } = db.read.t;
  const rows = await db.read.q.select().from(sessions).where(isNull(sessions.endedAt));
  return rows.map(({ providerSession }) => providerSession).sort();
};

test("with sid one session ends, with sub all of the user at this provider, and nobody else's", async () => {
  await enter("ada", "a1");
  await enter("ada", "a2");
  await enter("ada", "a1", "https://other.example");
  await enter("bob", "b1");
  await logOut({ sid: "a1" });
  expect(await open()).toEqual(["a1", "a2", "b1"]);
  await logOut({ sub: "bob", sid: "a2" });
  await logOut({ sub: "nobody" });
  await logOut({ sid: "unknown" });
  await logOut({ sub: "ada", issuer: "https://third.example" });
  expect(await open()).toEqual(["a1", "a2", "b1"]);
  await logOut({ sub: "ada" });
  expect(await open()).toEqual(["a1", "b1"]);
});

test("a sign-in that waits for its second factor ends too, management tokens stay", async () => {
  const userId = await enter("ada", "a1");
  const token = await makeManagementToken(db, userId);
  const how = { method: "oidc", provider: { issuer: ISSUER, sid: "a2" } };
  await db.write((tx) => startPendingSignIn(tx, ctx(), userId, how));
  await logOut({ sub: "ada" });
  expect(await db.read.q.$count(db.read.t.pendingSignIns)).toBe(0);
  expect(await authenticateManagementToken(db, token, clock.now())).toHaveProperty("actor");
});

test("a token works once, even when it is sent twice at the same time, and is forgotten when it is too old", async () => {
  await enter("ada", "a1");
  const used = { sub: "ada", jti: "same" };
  const both = await Promise.all([logOut(used), logOut(used)]);
  expect(both.sort()).toEqual([false, true]);
  await enter("ada", "a2");
  expect(await logOut(used)).toBe(false);
  expect(await open()).toEqual(["a2"]);
  clock.advance(360_001);
  await logOut({ sid: "unknown" });
  expect(await db.read.q.$count(db.read.t.logoutTokens)).toBe(1);
  const audit = await db.read.q.select().from(db.read.t.audit);
  expect(audit.filter(({ action }) => action === "user.signed-out-by-provider")).toMatchObject([
    { subjectName: "ada", after: { issuer: ISSUER, sessions: 1 } },
  ]);
});

test.each([
  ["the user", { sub: "ada" }],
  ["the session", { sid: "a1" }],
  ["the session of the user", { sub: "ada", sid: "a1" }],
])("a sign-in that was at the provider when it logged out %s creates no session", async (_, logout) => {
  for (const _account of ["that the sign-in would create", "that exists"]) {
    const begun = clock.now();
    await logOut(logout);
    clock.advance(60_000);
    const late = enter("ada", "a1", ISSUER, { startedAt: begun });
    await expect(late).rejects.toMatchObject({ reason: "signed-out-by-provider" });
    expect(await open()).toEqual([]);
    await enter("ada", "a1", ISSUER, { startedAt: begun + 1 });
    expect(await open()).toEqual(["a1"]);
    clock.advance(1_000);
    await logOut(logout);
    clock.advance(1_000);
  }
});

test("a logout denies no sign-in of other users, sessions and providers", async () => {
  await logOut({ sub: "ada", sid: "a1" });
  await logOut({ sid: "a2" });
  await logOut({ sub: "bob", sid: null });
  const startedAt = clock.now() - 1_000;
  await enter("ada", "a3", ISSUER, { startedAt });
  await enter("eve", null, ISSUER, { startedAt });
  await enter("bob", "a1", "https://other.example", { startedAt });
  expect(await open()).toEqual(["a1", "a3", null].sort());
});

test("logouts are remembered as long as a sign-in may take, and a sign-in of unknown age is denied", async () => {
  await logOut({ sub: "ada" });
  clock.advance(15 * 60_000);
  await logOut({ sub: "bob" });
  await expect(enter("ada", null, ISSUER, { startedAt: 0 })).rejects.toMatchObject({
    reason: "signed-out-by-provider",
  });
  clock.advance(61_000);
  await logOut({ sub: "bob" });
  expect(await db.read.q.$count(db.read.t.providerLogouts)).toBe(1);
});

test("a logout that arrives while the session is being created ends it", async () => {
  await enter("ada", "a1");
  await logOut({ sub: "ada" });
  const { promise: done, resolve, reject } = Promise.withResolvers<unknown>();
  // Commits when the logout waits for the sign-in.
  const write: Db["write"] = (work) =>
    db.write(async (tx) => {
      const result = await work(tx);
      logOut({ sub: "ada" }).then(resolve, reject);
      // On SQLite, it waits in this process.
      if (db.dialect === "postgres") await expect.poll(() => waitingForLocks(db)).toBe(1);
      return result;
    });
  await enter("ada", "a2", ISSUER, { through: { ...db, write } });
  await done;
  expect(await open()).toEqual([]);
});
