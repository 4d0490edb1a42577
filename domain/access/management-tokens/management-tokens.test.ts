import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { MANAGEMENT_SCOPES } from "#core/scopes.ts";
import { MINUTE_MS } from "#core/time.ts";
import { tokenKind } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { withinAdminIpAddresses } from "#server/allowed-ip-addresses.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeUser, START, TEST_SETTINGS } from "#test/people.ts";
import type { Ctx, UserActor } from "../../context.ts";
import { createFirstAdminLink } from "../accounts/first-admin.ts";
import { hashPassword } from "../accounts/hash.ts";
import { inviteToSite } from "../accounts/invite-to-site.ts";
import { endAllMySessions, endMySession } from "../accounts/my-sessions.ts";
import { changePassword } from "../accounts/password.ts";
import { setMailNotifications, updateProfile } from "../accounts/profile.ts";
import { actorOfSession, createSession } from "../accounts/sessions.ts";
import { confirmIdentity } from "../accounts/step-up.ts";
import { createUser } from "../accounts/users.ts";
import { authenticateManagementToken } from "./authenticate.ts";
import { createManagementToken } from "./create.ts";
import { listManagementTokens } from "./list.ts";
import { revokeManagementToken } from "./revoke.ts";
import { rotateManagementToken } from "./rotate.ts";

let db: Db;
let user: UserActor;
let ctx: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  user = await makeUser(db);
  ctx = ctxOf(db, user);
});
const list = async (as: Ctx = ctx) => (await listManagementTokens({ ctx: as, input: { limit: 50 } })).items;

test("a management token acts as its user until it is revoked", async () => {
  const { managementToken, token } = await createManagementToken({ ctx, input: { name: "deploy" } });
  expect(tokenKind("lk", token)).toBe("mgt");
  const holder = () => authenticateManagementToken(db, token, START + 1);
  expect(await holder()).toMatchObject({
    actor: { userId: user.userId, token: { id: managementToken.id } },
  });
  await revokeManagementToken({ ctx, input: { managementTokenId: managementToken.id } });
  expect(await holder()).toEqual({ rejected: "revoked" });
  // Once more is no mistake, and leaves no second trace.
  await revokeManagementToken({ ctx, input: { managementTokenId: managementToken.id } });
  expect(await db.read.q.select().from(db.read.t.audit)).toHaveLength(2);
});

test("nobody else, not even an administrator, can list or revoke a user's tokens", async () => {
  const { managementToken } = await createManagementToken({ ctx, input: { name: "deploy" } });
  const admin = ctxOf(db, await makeUser(db, { siteRole: "admin" }));
  expect(await list(admin)).toEqual([]);
  const attempt = revokeManagementToken({ ctx: admin, input: { managementTokenId: managementToken.id } });
  await expect(attempt).rejects.toMatchObject({ code: "not-found" });
  expect((await list())[0]?.revokedAt).toBeNull();
});

test("an administrator outside the addresses for administration gets no secret that has an administrator's rights", async () => {
  const admin = await makeUser(db, { siteRole: "admin" });
  const { managementToken } = await createManagementToken({
    ctx: ctxOf(db, admin),
    input: { name: "deploy" },
  });
  const outside = ctxOf(db, withinAdminIpAddresses(admin, { adminAllowedIps: ["203.0.113.0/24"] }));
  const denied = { code: "forbidden", message: expect.stringContaining("IP address") };
  await expect(createManagementToken({ ctx: outside, input: { name: "backdoor" } })).rejects.toMatchObject(
    denied,
  );
  const input = { managementTokenId: managementToken.id, overlapSeconds: 0 };
  await expect(rotateManagementToken({ ctx: outside, input })).rejects.toMatchObject(denied);
  await revokeManagementToken({ ctx: outside, input });
});

test("a token can't create another token, which would outlive it", async () => {
  const script = ctxOf(db, { ...user, via: "token" });
  const attempt = createManagementToken({ ctx: script, input: { name: "backdoor" } });
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  expect(await list()).toEqual([]);
});

test("a token has every scope except members:write unless others were chosen", async () => {
  const { managementToken } = await createManagementToken({ ctx, input: { name: "deploy" } });
  expect(managementToken.scopes).toEqual(MANAGEMENT_SCOPES.filter((scope) => scope !== "members:write"));
  const few = await createManagementToken({
    ctx,
    input: { name: "reader", scopes: ["keys:read", "keys:read"] },
  });
  expect(few.managementToken.scopes).toEqual(["keys:read"]);
  expect(await authenticateManagementToken(db, few.token, START)).toMatchObject({
    actor: { token: { scopes: ["keys:read"] } },
  });
});

describe("members:write requires users to prove their identity again", () => {
  const PASSWORD = "a long enough password";
  const wanted = { name: "team sync", scopes: [...MANAGEMENT_SCOPES] };
  /** Signed in `minutes` ago. */
  const session = async (minutes: number, as: UserActor = user) => {
    const signedInAt = START - minutes * MINUTE_MS;
    const device = { address: null, userAgent: null };
    const token = await db.write((tx) =>
      createSession(tx, as.userId, device, signedInAt, TEST_SETTINGS.sessions),
    );
    const actor = await actorOfSession({ db, settings: TEST_SETTINGS }, token, as.ipAddress, START);
    if (!actor) throw new Error("not signed in");
    tokens.set(actor.session?.id ?? "", token);
    return ctxOf(db, actor);
  };
  const tokens = new Map<string, string>();
  /** The next request of the same session. */
  const again = async ({ actor }: Ctx, laterMs = 0) => {
    const token = tokens.get(actor.kind === "user" ? (actor.session?.id ?? "") : "") ?? "";
    const now = () => START + laterMs;
    const next = await actorOfSession({ db, settings: TEST_SETTINGS }, token, null, now());
    if (!next) throw new Error("not signed in");
    return { ...ctxOf(db, next), now };
  };
  const give = async (passwordHash: string) =>
    db.write((tx) => tx.q.update(tx.t.users).set({ passwordHash }).where(eq(tx.t.users.id, user.userId)));

  test("with the password after that; wrong passwords are throttled, and a right one counts for 15 minutes", async () => {
    await give(await hashPassword(PASSWORD));
    const stale = await session(20);
    const attempt = async (ctx = stale) => createManagementToken({ ctx, input: wanted });
    const confirm = (password: string) => confirmIdentity({ ctx: stale, input: { password } });
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden", stepUp: true });
    await expect(confirm("wrong")).rejects.toMatchObject({ errors: [{ path: "password" }] });
    await expect(attempt(await again(stale))).rejects.toMatchObject({ stepUp: true });
    await confirm(PASSWORD);
    const { managementToken } = await attempt(await again(stale));
    expect(managementToken.scopes).toContain("members:write");
    await expect(attempt(await again(stale, 15 * MINUTE_MS))).rejects.toMatchObject({ stepUp: true });
    for (let tries = 0; tries < 5; tries++) await confirm("wrong").catch(() => {});
    await expect(confirm(PASSWORD)).rejects.toMatchObject({ code: "too-many" });
  });

  test("with a sign-in of the last 15 minutes, if there is no password", async () => {
    await expect(createManagementToken({ ctx: await session(15), input: wanted })).rejects.toMatchObject({
      code: "forbidden",
    });
    const { managementToken } = await createManagementToken({ ctx: await session(14), input: wanted });
    expect(managementToken.scopes).toContain("members:write");
  });

  test("and is given neither by a token nor in the terminal", async () => {
    for (const via of ["token", "cli"] as const) {
      const attempt = createManagementToken({ ctx: ctxOf(db, { ...user, via }), input: wanted });
      await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("a session that ends or a user who is disabled at the same moment creates no token", async () => {
    const ended = await session(1);
    await db.write((tx) => tx.q.update(tx.t.sessions).set({ endedAt: START }));
    const disabled = await session(1);
    await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: START }));
    for (const late of [ended, disabled, ctx]) {
      const attempt = createManagementToken({ ctx: late, input: { name: "late" } });
      await expect(attempt).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });
});

test("no token changes its user's account or lets anyone in", async () => {
  const admin = await makeUser(db, { siteRole: "admin" });
  const script = ctxOf(db, {
    ...admin,
    via: "token",
    token: { id: "mgt_1", name: "script", scopes: MANAGEMENT_SCOPES },
  });
  const password = "a long enough password";
  const attempts: Promise<unknown>[] = [
    changePassword({ ctx: script, input: { current: password, password: `${password}!` } }),
    updateProfile({ ctx: script, input: { name: "Eve" } }),
    endMySession({ ctx: script, input: { sessionId: "ses_1" } }),
    endAllMySessions({ ctx: script }),
    setMailNotifications({ ctx: script, input: { mailNotifications: false } }),
    inviteToSite({ ctx: script, input: { email: "eve@example.com" } }),
    createUser({
      ctx: script,
      input: { email: "eve@example.com", name: "Eve", siteRole: "admin", password },
    }),
    createFirstAdminLink({ ctx: script }),
  ];
  for (const { status, ...outcome } of await Promise.allSettled(attempts)) {
    expect(status).toBe("rejected");
    expect(outcome).toMatchObject({ reason: { code: "forbidden" } });
  }
});

test("the last use of a token is stored to the minute", async () => {
  const { token } = await createManagementToken({ ctx, input: { name: "deploy" } });
  for (const at of [START + 1_000, START + 2_000, START + 62_000]) {
    await authenticateManagementToken(db, token, at);
    const expected = at === START + 2_000 ? START + 1_000 : at;
    expect((await list())[0]?.lastUsedAt).toBe(new Date(expected).toISOString());
  }
});
