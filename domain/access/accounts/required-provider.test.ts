import { eq, isNotNull } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeProvider, TEST_SETTINGS } from "#test/people.ts";
import { sendPasswordReset } from "../../admin/reset-password.ts";
import { type Actor, type Ctx, type Mail, SYSTEM } from "../../context.ts";
import { createResetLink } from "./account-links.ts";
import { confirmEmailChange, requestEmailChange } from "./change-email.ts";
import { confirmTotp, startTotp } from "./factors/manage.ts";
import { finishSignIn } from "./factors/pending-sign-in.ts";
import { inviteToSite } from "./invite-to-site.ts";
import { listMySessions } from "./my-sessions.ts";
import { changePassword } from "./password.ts";
import { requestPasswordReset, resetPassword } from "./password-reset.ts";
import { type ProviderProfile, signInWithProvider } from "./providers.ts";
import { recordSession } from "./record-session.ts";
import { requestSignUp } from "./request-sign-up.ts";
import { actorOfSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { readSignUpLink, signUp } from "./sign-up.ts";
import { confirmIdentity, getConfirmationMethods, requireRecentConfirmation } from "./step-up.ts";
import { createUser } from "./users.ts";

const EMAIL = "ada@acme.example";
const PASSWORD = "plum-otter-94-quay";
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };
const ACME = makeProvider({ id: "acme", name: "Acme ID", requiredDomains: ["acme.example"] });
const DENIED = {
  code: "forbidden",
  message: "People with an email address at acme.example sign in with Acme ID.",
};

let db: Db;
let mails: Mail[];
const clock = makeClock();
beforeEach(async () => {
  db = await openTestDb();
  mails = [];
});

/** A context in which the domain requires the provider, or in which it does not yet. */
const ctx = (actor: Actor, oidc = [ACME]): Ctx =>
  ctxOf(db, actor, {
    clock,
    settings: { ...TEST_SETTINGS, signUp: { kind: "open" }, oidc },
    sendMail: async (mail) => void mails.push(mail),
  });
const earlier = (actor: Actor) => ctx(actor, []);
const makeAda = () =>
  createUser({
    ctx: earlier(SYSTEM),
    input: { email: EMAIL, name: "Ada", siteRole: "developer", password: PASSWORD },
  });
const profile = (more: Partial<ProviderProfile> = {}): ProviderProfile => ({
  provider: "acme",
  issuer: ACME.issuer,
  accountId: "7",
  name: "Ada",
  email: { address: EMAIL },
  linksByEmail: true,
  siteRole: null,
  ...more,
});
const enter = (more?: Partial<ProviderProfile>, at = ctx(VISITOR)) =>
  signInWithProvider({ ctx: at, input: profile(more), userAgent: null });

describe("people of a domain that requires a provider", () => {
  test("can't sign in with a password, whether or not they have an account", async () => {
    const attempt = (email: string, password = PASSWORD) =>
      signIn({ ctx: ctx(VISITOR), input: { email, password }, userAgent: null });
    await makeAda();
    await expect(attempt(EMAIL)).rejects.toMatchObject(DENIED);
    await expect(attempt(EMAIL, "wrong")).rejects.toMatchObject(DENIED);
    await expect(attempt("nobody@acme.example")).rejects.toMatchObject(DENIED);
    await expect(attempt("ada@sub.acme.example")).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("get no session by any way that is not the provider", async () => {
    const ada = await makeAda();
    const session = (method: string, issuer?: string) => {
      const provider = issuer === undefined ? undefined : { issuer, sid: null };
      return db.write((tx) => recordSession(tx, ctx(VISITOR), ada, { method, provider, userAgent: null }));
    };
    for (const method of ["password", "passkey", "github", "oidc", "password, totp"]) {
      await expect(session(method), method).rejects.toMatchObject(DENIED);
    }
    // Begun before the settings named another issuer.
    await expect(session("acme, totp", "https://earlier.example")).rejects.toMatchObject(DENIED);
    await session("acme", ACME.issuer);
    await session("acme, totp", ACME.issuer);
  });

  test("are not let in by another provider, neither to an account nor to a new one", async () => {
    const other = { provider: "github", issuer: "https://github.com" };
    await expect(enter(other)).rejects.toMatchObject({ reason: "provider-required" });
    expect(await db.read.q.$count(db.read.t.users)).toBe(0);
    await makeAda();
    await expect(enter(other)).rejects.toMatchObject({ reason: "provider-required" });
    await enter(other, earlier(VISITOR));
    await expect(enter(other)).rejects.toMatchObject({ reason: "provider-required" });
    await enter();
  });

  test("can't reset or change a password, also not with a link from before", async () => {
    const ada = await makeAda();
    await requestPasswordReset({ ctx: ctx(VISITOR), input: { email: EMAIL } });
    expect(mails).toMatchObject([{ subject: "You have no password to reset" }]);
    const admin = await makeAdmin(db);
    await expect(sendPasswordReset({ ctx: ctx(admin), input: { userId: ada.id } })).rejects.toMatchObject({
      code: "conflict",
      message: DENIED.message,
    });
    const link = await db.write((tx) => createResetLink(tx, earlier(SYSTEM), ada, null));
    const token = link.url.split("token=")[1] ?? "";
    await expect(
      resetPassword({ ctx: ctx(VISITOR), input: { token, password: "another-otter-17-pier" } }),
    ).rejects.toMatchObject(DENIED);
    const actor = await actorOf((await enter()).sessionToken);
    await expect(
      changePassword({ ctx: ctx(actor), input: { current: PASSWORD, password: "another-otter-17-pier" } }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|conflict/) });
  });

  test("can't sign up with a password, and accept an invitation by signing in with the provider", async () => {
    await expect(requestSignUp({ ctx: ctx(VISITOR), input: { email: EMAIL } })).rejects.toMatchObject(DENIED);
    const account = { email: EMAIL, name: "Ada", password: PASSWORD };
    await expect(signUp({ ctx: { ...ctx(VISITOR), sendMail: null }, input: account })).rejects.toMatchObject(
      DENIED,
    );
    await inviteToSite({ ctx: ctx(await makeAdmin(db)), input: { email: EMAIL } });
    const token = /token=(\w+)/.exec(mails.at(-1)?.text ?? "")?.[1] ?? "";
    expect(await readSignUpLink({ ctx: ctx(VISITOR), input: { token } })).toMatchObject({
      denial: DENIED.message,
    });
    await expect(signUp({ ctx: ctx(VISITOR), input: { ...account, token } })).rejects.toMatchObject(DENIED);
    await enter();
  });

  test("can't move their account to an address of another domain", async () => {
    const actor = await actorOf((await enter()).sessionToken);
    const change = requestEmailChange({ ctx: ctx(actor), input: { email: "ada@home.example" } });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
    await requestEmailChange({ ctx: earlier(actor), input: { email: "ada@home.example" } });
    await expect.poll(() => mails.map(({ to }) => to)).toContain("ada@home.example");
    const mail = mails.find(({ to }) => to === "ada@home.example");
    const token = /token=(\w+)/.exec(mail?.text ?? "")?.[1] ?? "";
    await expect(confirmEmailChange({ ctx: ctx(actor), input: { token } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("lose the sessions that were opened in other ways, from the moment the setting applies", async () => {
    const open = (more?: Partial<ProviderProfile>) => enter(more, earlier(VISITOR));
    await makeAda();
    const byPassword = await signIn({
      ctx: earlier(VISITOR),
      input: { email: EMAIL, password: PASSWORD },
      userAgent: null,
    });
    const settings = ctx(VISITOR).settings;
    const works = async ({ sessionToken }: { sessionToken: string }, by = settings) =>
      (await actorOfSession({ db, settings: by }, sessionToken, null, clock.now())) !== null;
    expect([await works(byPassword, TEST_SETTINGS), await works(byPassword)]).toEqual([true, false]);
    const byGithub = await open({ provider: "github", issuer: "https://github.com" });
    const byAcme = await open();
    expect([await works(byGithub), await works(byAcme)]).toEqual([false, true]);
    const actor = await actorOf(byAcme.sessionToken);
    expect(await listMySessions({ ctx: ctx(actor) })).toMatchObject([{ id: actor.session?.id }]);
    const { secret } = await startTotp({ ctx: ctx(actor) });
    const code = () => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() });
    await confirmTotp({ ctx: ctx(actor), input: { code: code() } });
    clock.advance(60_000);
    const input = { token: (await enter()).sessionToken, code: code() };
    expect(await works(await finishSignIn({ ctx: ctx(VISITOR), input, userAgent: null }))).toBe(true);
  });

  test("don't confirm their identity with a password, but by signing in again", async () => {
    const ada = await makeAda();
    await db.write((tx) =>
      tx.q.update(tx.t.users).set({ emailVerifiedAt: 1 }).where(eq(tx.t.users.id, ada.id)),
    );
    const there = ctx(await actorOf((await enter()).sessionToken));
    expect(await getConfirmationMethods({ ctx: there })).toMatchObject({
      password: false,
      recoveryCode: false,
    });
    expect(() => requireRecentConfirmation(there)).not.toThrow();
    clock.advance(16 * 60_000);
    expect(() => requireRecentConfirmation(there)).toThrow("Confirm your identity");
    await expect(confirmIdentity({ ctx: there, input: { password: PASSWORD } })).rejects.toMatchObject({
      errors: [{ path: "password" }],
    });
  });
});

describe("an account that exists already", () => {
  const BOB = "bob@elsewhere.example";
  const weak = { email: { address: BOB }, linksByEmail: false };
  const makeBob = (siteRole: SiteRole = "developer") =>
    createUser({ ctx: earlier(SYSTEM), input: { email: BOB, name: "Bob", siteRole, password: PASSWORD } });
  const verify = () => db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: 1 }));

  test.each([true, false])(
    "is not opened by a provider that may not link it, address verified: %s",
    async (isVerified) => {
      await makeBob("admin");
      if (isVerified) await verify();
      await expect(enter(weak)).rejects.toMatchObject({ reason: "account-exists" });
      expect(await db.read.q.$count(db.read.t.identities)).toBe(0);
      await enter({ ...weak, linksByEmail: true });
      // From now on, the identity counts.
      await enter(weak);
    },
  );

  test("is connected by its own user, who is signed in, and by nobody else", async () => {
    const bob = await makeBob();
    const ada = await makeAda();
    await expect(enter({ ...weak, connectTo: ada.id })).rejects.toMatchObject({ reason: "account-exists" });
    expect(await enter({ ...weak, connectTo: bob.id })).toMatchObject({ userId: bob.id });
  });

  test("belongs to the provider that controls its address, even if another one created it before", async () => {
    const early = { ...weak, issuer: "https://partner.example", accountId: "9", verifiesEmail: false };
    const { sessionToken } = await enter(early);
    const { userId, credentialsEnded } = await enter(early);
    expect(credentialsEnded).toBe(false);
    const strong = { email: weak.email, linksByEmail: true };
    expect(await enter(strong)).toMatchObject({ userId, credentialsEnded: true });
    await expect(actorOf(sessionToken)).rejects.toThrow("not signed in");
    await expect(enter(early)).rejects.toMatchObject({ reason: "account-exists" });
    expect(await enter(strong)).toMatchObject({ userId, credentialsEnded: false });
  });

  test("does not become verified because its user connects a provider that does not control its address", async () => {
    const { id } = await makeBob();
    expect(await enter({ ...weak, verifiesEmail: false, connectTo: id })).toMatchObject({
      userId: id,
      credentialsEnded: true,
    });
    const { users } = db.read.t;
    expect(await db.read.q.$count(users, isNotNull(users.emailVerifiedAt))).toBe(0);
  });

  test("is opened only by the provider that manages it by SCIM", async () => {
    const { id: userId } = await makeBob();
    const row = { userId, provider: "acme", userName: BOB, userNameKey: BOB, createdAt: 1, updatedAt: 1 };
    await db.write((tx) => tx.q.insert(tx.t.scimUsers).values(row));
    const partner = { provider: "partner", issuer: "https://partner.example", email: { address: BOB } };
    await expect(enter({ ...partner, linksByEmail: true, connectTo: userId })).rejects.toMatchObject({
      reason: "account-exists",
    });
    expect(await enter(weak)).toMatchObject({ userId });
  });
});

describe("a provider that decides roles", () => {
  const rolesOf = async () =>
    (await db.read.q.select().from(db.read.t.users).where(eq(db.read.t.users.email, EMAIL))).map(
      ({ siteRole }) => siteRole,
    );
  const enterAs = (siteRole: SiteRole | null) => enter({ siteRole });

  test("sets the role at every sign-in, recorded in the audit log", async () => {
    await makeAdmin(db);
    await enterAs("admin");
    expect(await rolesOf()).toEqual(["admin"]);
    const { sessionToken } = await enterAs("developer");
    expect(await rolesOf()).toEqual(["developer"]);
    expect(await actorOf(sessionToken)).toMatchObject({ siteRole: "developer" });
    const audit = await db.read.q
      .select()
      .from(db.read.t.audit)
      .where(eq(db.read.t.audit.action, "user.role-changed"));
    expect(audit).toMatchObject([{ via: "system", after: { siteRole: "developer", provider: "acme" } }]);
    await enterAs(null);
    expect(await rolesOf()).toEqual(["developer"]);
  });

  test("never takes the last administrator away, even when two lose the role at once", async () => {
    await enterAs("admin");
    await enterAs("developer");
    expect(await rolesOf()).toEqual(["admin"]);
    const bob = { accountId: "8", email: { address: "bob@acme.example" } };
    await enter({ ...bob, siteRole: "admin" });
    await Promise.all([enterAs("developer"), enter({ ...bob, siteRole: "developer" })]);
    const { users } = db.read.t;
    expect(await db.read.q.$count(users, eq(users.siteRole, "admin"))).toBe(1);
  });
});

async function actorOf(token: string) {
  const actor = await actorOfSession({ db, settings: TEST_SETTINGS }, token, null, clock.now());
  if (!actor) throw new Error("not signed in");
  return actor;
}
