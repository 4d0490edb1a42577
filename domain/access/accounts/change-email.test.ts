import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { SignUpPolicy } from "#platform/settings.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeUser, START, TEST_SETTINGS } from "#test/people.ts";
import { setUserEmail } from "../../admin/change-email.ts";
import type { Ctx, Mail, UserActor } from "../../context.ts";
import { authenticateManagementToken } from "../management-tokens/authenticate.ts";
import { createManagementToken } from "../management-tokens/create.ts";
import { confirmEmailChange, readEmailLink, requestEmailChange } from "./change-email.ts";
import { readFactors } from "./factors/second-factor.ts";
import { hashPassword } from "./hash.ts";
import { changePassword } from "./password.ts";
import { requestPasswordReset, resetPassword } from "./password-reset.ts";
import { actorOfSession, createSession } from "./sessions.ts";

const clock = makeClock();
let db: Db;
let mails: Mail[];
let user: UserActor & { email: string };
let ctx: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  clock.set(START);
  mails = [];
  const created = await makeUser(db, { email: "old@example.com" });
  await verify(created.userId);
  user = { ...created, ...(await signedIn(created.userId)) };
  ctx = ctxFor(user);
});

const sendMail = async (mail: Mail) => void mails.push(mail);
function ctxFor(actor: UserActor, signUp: SignUpPolicy = { kind: "invite" }): Ctx {
  return ctxOf(db, actor, { clock, sendMail, settings: { ...TEST_SETTINGS, signUp } });
}
const verify = (userId: string) =>
  db.write(({ q, t: { users } }) =>
    q.update(users).set({ emailVerifiedAt: START }).where(eq(users.id, userId)),
  );
async function signedIn(userId: string): Promise<{ session: { id: string; confirmedAt: number } }> {
  const device = { address: null, userAgent: null };
  const token = await db.write((tx) =>
    createSession(tx, userId, device, clock.now(), TEST_SETTINGS.sessions),
  );
  const actor = await actorOfSession({ db, settings: TEST_SETTINGS }, token, null, clock.now());
  if (!actor?.session) throw new Error("the session does not work");
  return { session: actor.session };
}
/** An unverified account with a password, an app, a passkey and a linked provider, as someone else may have left it. */
async function prepareAccess(userId: string): Promise<void> {
  const passwordHash = await hashPassword("a long enough password");
  await db.write(async ({ q, t }) => {
    await q.update(t.users).set({ emailVerifiedAt: null, passwordHash });
    await q.insert(t.identities).values({
      userId,
      provider: "github",
      issuer: "https://github.com",
      accountId: "7",
      createdAt: START,
    });
    const times = { createdAt: START, confirmedAt: START };
    await q.insert(t.totpFactors).values({ userId, sealedSecret: "sealed", lastStep: 0, ...times });
    const passkey = { credentialId: "cred", publicKey: "key", counter: 0, name: "Prepared" };
    const backup = { backupEligible: false, backedUp: false };
    await q.insert(t.passkeys).values({ id: "psk_1", userId, createdAt: START, ...passkey, ...backup });
  });
}
const rowOf = async ({ userId }: UserActor) => {
  const { users } = db.read.t;
  const [row] = await db.read.q.select().from(users).where(eq(users.id, userId));
  return row;
};
const mailTo = (to: string) => mails.filter((mail) => mail.to === to);
const tokenIn = (mail: Mail | undefined) => /token=([0-9A-Za-z]+)/.exec(mail?.text ?? "")?.[1] ?? "";
async function request(email = "new@example.com", as = ctx): Promise<string> {
  await requestEmailChange({ ctx: as, input: { email } });
  return tokenIn(mailTo(email).at(-1));
}
const confirm = (token: string, as = ctx) => confirmEmailChange({ ctx: as, input: { token } });

describe("a change of the email address", () => {
  test("happens when the link that was mailed to the new address is confirmed, which verifies it", async () => {
    const token = await request();
    expect(await rowOf(user)).toMatchObject({ email: "old@example.com" });
    clock.advance(60_000);
    expect(await confirm(token)).toEqual({ email: "new@example.com" });
    expect(await rowOf(user)).toMatchObject({ email: "new@example.com", emailVerifiedAt: clock.now() });
    const [asked, changed] = mailTo("old@example.com");
    expect(asked?.text).toContain("Nothing has changed yet");
    expect(changed?.text).toContain("new@example.com");
    expect(mailTo("old@example.com").map((mail) => tokenIn(mail))).toEqual(["", ""]);
  });

  test("is not done by reading the link, however often, as a scanner of mails does", async () => {
    const token = await request();
    for (let times = 0; times < 3; times += 1) {
      expect(await readEmailLink({ ctx, input: { token } })).toEqual({
        email: "new@example.com",
        endsCredentials: false,
      });
    }
    expect(await rowOf(user)).toMatchObject({ email: "old@example.com" });
    expect(await confirm(token)).toEqual({ email: "new@example.com" });
  });

  test("can't be confirmed by another user, who got the mail because of a mistyped address", async () => {
    const token = await request();
    const other = ctxFor(await makeUser(db));
    expect(await readEmailLink({ ctx: other, input: { token } })).toBeNull();
    await expect(confirm(token, other)).rejects.toMatchObject({ code: "not-found" });
    await expect(confirm(token, ctxOf(db, { kind: "visitor", ipAddress: null }))).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await rowOf(user)).toMatchObject({ email: "old@example.com" });
  });

  test("works once, within 30 minutes, and only with the latest link", async () => {
    const first = await request("typo@example.com");
    const second = await request();
    await expect(confirm(first)).rejects.toMatchObject({ code: "not-found" });
    await confirm(second);
    await expect(confirm(second)).rejects.toMatchObject({ code: "not-found" });
    const late = await request("later@example.com");
    clock.advance(30 * 60_000);
    await expect(confirm(late)).rejects.toMatchObject({ code: "not-found" });
  });

  test("needs a recent confirmation of identity and a session, never a token", async () => {
    const stale = { ...user, session: { id: user.session?.id ?? "", confirmedAt: START - 16 * 60_000 } };
    await expect(request("new@example.com", ctxFor(stale))).rejects.toMatchObject({ stepUp: true });
    const script = ctxFor({ ...user, via: "token" });
    await expect(request("new@example.com", script)).rejects.toMatchObject({ code: "forbidden" });
    const token = await request();
    await expect(confirm(token, script)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("gives the same answer for an address of another account, whose user is notified", async () => {
    const other = await makeUser(db, { email: "taken@example.com" });
    await requestEmailChange({ ctx, input: { email: other.email } });
    expect(mailTo(other.email)).toMatchObject([{ subject: "You already have an account" }]);
    expect(tokenIn(mailTo(other.email)[0])).toBe("");
  });

  test("fails if another account has taken the address since", async () => {
    const token = await request();
    await makeUser(db, { email: "new@example.com" });
    await expect(confirm(token)).rejects.toMatchObject({ code: "conflict" });
    expect(await rowOf(user)).toMatchObject({ email: "old@example.com" });
  });

  test("is slowed after five mails to different strangers, and after three to one mailbox", async () => {
    for (const address of ["a", "b", "c", "d", "e"]) await request(`${address}@example.com`);
    await expect(request("f@example.com")).rejects.toMatchObject({ code: "too-many" });
    expect(mailTo("f@example.com")).toEqual([]);
    const other = ctxFor({ ...(await makeUser(db)), ...(await signedIn(user.userId)) });
    for (let count = 0; count < 3; count += 1) await request("z@example.com", other);
    await expect(request("z+tag@example.com", other)).rejects.toMatchObject({ code: "too-many" });
  });

  test("holds to the domains of the sign-up policy", async () => {
    const policed = ctxFor(user, { kind: "domains", domains: ["example.com"] });
    await expect(request("me@elsewhere.test", policed)).rejects.toMatchObject({ code: "forbidden" });
    expect(mails).toEqual([]);
  });

  test("ends the other sessions and the links to reset the password; tokens stay", async () => {
    const other = await signedIn(user.userId);
    const { token: script } = await createManagementToken({ ctx, input: { name: "deploy" } });
    await requestPasswordReset({ ctx, input: { email: user.email } });
    const reset = tokenIn(mailTo(user.email).at(-1));
    await confirm(await request());
    const { sessions } = db.read.t;
    const open = (await db.read.q.select().from(sessions)).filter(({ endedAt }) => endedAt === null);
    expect(open.map(({ id }) => id)).toEqual([user.session?.id]);
    expect(other.session.id).not.toBe(user.session?.id);
    const input = { token: reset, password: "a long enough password" };
    await expect(resetPassword({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
    expect(await authenticateManagementToken(db, script, clock.now())).toHaveProperty("actor");
  });

  test("ends every credential if the old address was never verified: someone else may have prepared them", async () => {
    await prepareAccess(user.userId);
    const { token: script } = await createManagementToken({ ctx, input: { name: "deploy" } });
    const token = await request();
    expect(await readEmailLink({ ctx, input: { token } })).toMatchObject({ endsCredentials: true });
    await confirm(token);
    expect(await rowOf(user)).toMatchObject({ passwordHash: null, email: "new@example.com" });
    expect(await authenticateManagementToken(db, script, clock.now())).toEqual({ rejected: "revoked" });
    expect(await readFactors(db.read, user.userId)).toEqual({ app: false, passkeys: 0 });
    const { identities, sessions } = db.read.t;
    expect(await db.read.q.select().from(identities)).toEqual([]);
    const open = (await db.read.q.select().from(sessions)).filter(({ endedAt }) => endedAt === null);
    expect(open.map(({ id }) => id)).toEqual([user.session?.id]);
    const link = mailTo("new@example.com").at(-1);
    expect(link?.subject).toBe("Choose a new password");
    await resetPassword({ ctx, input: { token: tokenIn(link), password: "a long enough password" } });
  });

  test("is ended by a new password, which the notice to the old address recommends", async () => {
    const passwordHash = await hashPassword("a long enough password");
    await db.write(({ q, t: { users } }) => q.update(users).set({ passwordHash }));
    const token = await request();
    const input = { current: "a long enough password", password: "another long password" };
    await changePassword({ ctx, input });
    await expect(confirm(token)).rejects.toMatchObject({ code: "not-found" });
  });

  test("without a mail server is for an administrator, and leaves the address unverified", async () => {
    const without = ctxOf(db, user, { clock });
    await expect(request("new@example.com", without)).rejects.toMatchObject({ code: "conflict" });
    const token = await request("other@example.com");
    const admin = ctxFor(await makeAdmin(db));
    const input = { userId: user.userId, email: "new@example.com" };
    expect(await setUserEmail({ ctx: admin, input })).toMatchObject({ email: "new@example.com" });
    expect(await rowOf(user)).toMatchObject({ email: "new@example.com", emailVerifiedAt: null });
    expect(mailTo("old@example.com").at(-1)?.text).toContain("An administrator changed");
    await expect(confirm(token)).rejects.toMatchObject({ code: "not-found" });
  });
});
