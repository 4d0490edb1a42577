import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { SignUpPolicy } from "#platform/settings.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import type { Actor, Ctx, Mail } from "../../context.ts";
import { readInvitation } from "../members/accept.ts";
import { inviteMember } from "../members/invite.ts";
import { adoptIdentities } from "./adopt-identities.ts";
import { createFirstAdmin, createFirstAdminLink, isFirstAdminLink } from "./first-admin.ts";
import { inviteToSite } from "./invite-to-site.ts";
import { dismissCredentialsEnded, getProfile } from "./profile.ts";
import { signInWithProvider } from "./providers.ts";
import { requestSignUp } from "./request-sign-up.ts";
import { actorOfSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { readSignUpLink, signUp } from "./sign-up.ts";
import { createUser } from "./users.ts";

const PASSWORD = "plum-otter-94-quay";
const ADA = { email: "ada@example.com", name: "Ada", password: PASSWORD };
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };
const ONLY_EXAMPLE: SignUpPolicy = { kind: "domains", domains: ["example.com"] };

let db: Db;
let clock: ReturnType<typeof makeClock>;
let mails: Mail[];
let mailWorks: boolean;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  mails = [];
  mailWorks = true;
});

function ctx(actor: Actor, more: { signUp?: SignUpPolicy; mail?: boolean } = {}): Ctx {
  const sendMail = async (mail: Mail) => {
    if (!mailWorks) throw new Error("451 try later");
    mails.push(mail);
  };
  const settings = {
    ...TEST_SETTINGS,
    signUp: more.signUp ?? { kind: "invite" as const },
    signUpMailsPerHour: 100,
  };
  return ctxOf(db, actor, { clock, sendMail: more.mail ? sendMail : null, settings });
}

const tokenIn = (text: string | null | undefined) => /token=([0-9A-Za-z]+)/.exec(text ?? "")?.[1] ?? "";

async function isVerified(email = ADA.email): Promise<boolean> {
  const { users } = db.read.t;
  const [user] = await db.read.q.select().from(users).where(eq(users.email, email));
  if (!user) throw new Error("no such account");
  return user.emailVerifiedAt !== null;
}

const enter = (
  accountId = "42",
  address = ADA.email,
  signUpPolicy?: SignUpPolicy,
  issuer = "https://id.example",
) =>
  signInWithProvider({
    ctx: ctx(VISITOR, { signUp: signUpPolicy }),
    input: {
      provider: "oidc",
      issuer,
      accountId,
      name: "Ada",
      email: { address },
      linksByEmail: true,
      siteRole: null,
    },
    userAgent: null,
  });

describe("an email address is verified", () => {
  test("by a mailed invitation, to the site and to a project", async () => {
    const admin = await makeAdmin(db);
    const projectId = await makeProject(db, admin);
    await inviteToSite({ ctx: ctx(admin, { mail: true }), input: { email: ADA.email } });
    const grace = "grace@example.com";
    await inviteMember({
      ctx: ctx(admin, { mail: true }),
      input: { projectId, email: grace, role: "viewer" },
    });
    const [site, project] = mails.map(({ text }) => tokenIn(text));
    await signUp({ ctx: ctx(VISITOR), input: { ...ADA, token: site } });
    await signUp({ ctx: ctx(VISITOR), input: { ...ADA, email: grace, token: project } });
    expect([await isVerified(), await isVerified(grace)]).toEqual([true, true]);
  });

  test("by the link of a sign-up form", async () => {
    const open = { signUp: { kind: "open" }, mail: true } as const;
    await requestSignUp({ ctx: ctx(VISITOR, open), input: { email: ADA.email } });
    await signUp({ ctx: ctx(VISITOR, open), input: { ...ADA, token: tokenIn(mails[0]?.text) } });
    expect(await isVerified()).toBe(true);
  });

  test.each([true, false])("by no invitation that was shown (mail server that fails: %s)", async (mail) => {
    mailWorks = false;
    const admin = await makeAdmin(db);
    const { link } = await inviteToSite({ ctx: ctx(admin, { mail }), input: { email: ADA.email } });
    await signUp({ ctx: ctx(VISITOR), input: { ...ADA, token: tokenIn(link) } });
    expect(await isVerified()).toBe(false);
  });

  test("by no project link that was shown to its owner", async () => {
    const owner = await makeUser(db);
    const projectId = await makeProject(db, owner);
    const input = { projectId, email: ADA.email, role: "viewer" as const };
    const { link } = await inviteMember({ ctx: ctx(owner), input });
    await signUp({ ctx: ctx(VISITOR), input: { ...ADA, token: tokenIn(link) } });
    expect(await isVerified()).toBe(false);
  });

  test("neither by the printed link of the first administrator nor in the terminal, and both can sign in", async () => {
    const token = tokenIn(await createFirstAdminLink({ ctx: ctx({ kind: "system" }) }));
    await createFirstAdmin({ ctx: ctx(VISITOR), input: { ...ADA, token } });
    const grace = { ...ADA, email: "grace@example.com" };
    await createUser({ ctx: ctx({ kind: "system" }), input: { ...grace, siteRole: "developer" } });
    expect([await isVerified(), await isVerified(grace.email)]).toEqual([false, false]);
    for (const { email, password } of [ADA, grace]) {
      await signIn({ ctx: ctx(VISITOR), input: { email, password }, userAgent: null });
    }
  });
});

describe("a user who proves an email address through a provider", () => {
  test("takes over the account that an inviter created with a shown link, and is notified", async () => {
    const inviter = await makeUser(db);
    const projectId = await makeProject(db, inviter);
    const input = { projectId, email: ADA.email, role: "viewer" as const };
    const { link } = await inviteMember({ ctx: ctx(inviter), input });
    await signUp({ ctx: ctx(VISITOR), input: { ...ADA, token: tokenIn(link) } });
    const stolen = await signIn({ ctx: ctx(VISITOR), input: ADA, userAgent: null });
    const owner = await enter();
    expect(owner.credentialsEnded).toBe(true);
    expect(
      await actorOfSession({ db, settings: TEST_SETTINGS }, stolen.sessionToken, null, clock.now()),
    ).toBeNull();
    await expect(signIn({ ctx: ctx(VISITOR), input: ADA, userAgent: null })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const actor = await actorOfSession(
      { db, settings: TEST_SETTINGS },
      owner.sessionToken,
      null,
      clock.now(),
    );
    if (!actor) throw new Error("not signed in");
    expect(await getProfile({ ctx: ctx(actor) })).toMatchObject({
      hasPassword: false,
      emailVerified: true,
      credentialsEndedAt: expect.any(String),
    });
    await dismissCredentialsEnded({ ctx: ctx(actor) });
    expect((await getProfile({ ctx: ctx(actor) })).credentialsEndedAt).toBeNull();
    expect((await enter()).credentialsEnded).toBe(false);
  });

  test("ends earlier credentials, even if the identity was linked before the email address became unverified", async () => {
    await createUser({ ctx: ctx({ kind: "system" }), input: { ...ADA, siteRole: "developer" } });
    await enter();
    await enter("43", ADA.email, undefined, "https://other.example");
    // As the migration leaves it.
    await db.write(({ q, t }) => q.update(t.users).set({ emailVerifiedAt: null, passwordHash: "old" }));
    expect((await enter()).credentialsEnded).toBe(true);
    const identities = await db.read.q.select().from(db.read.t.identities);
    expect(identities.map(({ issuer, accountId }) => [issuer, accountId])).toEqual([
      ["https://id.example", "42"],
    ]);
    expect(await isVerified()).toBe(true);
  });

  test("does not end the credentials of an account whose email address is verified", async () => {
    const open = { signUp: { kind: "open" }, mail: true } as const;
    await requestSignUp({ ctx: ctx(VISITOR, open), input: { email: ADA.email } });
    await signUp({ ctx: ctx(VISITOR, open), input: { ...ADA, token: tokenIn(mails[0]?.text) } });
    expect((await enter()).credentialsEnded).toBe(false);
    await signIn({ ctx: ctx(VISITOR), input: ADA, userAgent: null });
  });
});

describe("an identity", () => {
  test("of one issuer matches no account at another issuer", async () => {
    await makeUser(db, { email: ADA.email });
    await enter("42");
    await expect(enter("42", "eve@example.com", undefined, "https://evil.example")).rejects.toMatchObject({
      reason: "not-invited",
    });
  });

  test("stored before issuers were gets the configured issuer once, and none if none is configured", async () => {
    const { userId } = await makeUser(db);
    const add = (accountId: string) =>
      db.write(({ q, t }) =>
        q.insert(t.identities).values({ issuer: "oidc", provider: "oidc", accountId, userId, createdAt: 1 }),
      );
    const issuers = async () =>
      (await db.read.q.select().from(db.read.t.identities)).map(({ issuer }) => issuer).sort();
    await add("1");
    await adoptIdentities(db, [{ id: "oidc", issuer: "https://id.example" }]);
    expect(await issuers()).toEqual(["https://id.example"]);
    await add("2");
    await adoptIdentities(db, [{ id: "acme", issuer: "https://acme.example" }]);
    await adoptIdentities(db, [{ id: "oidc", issuer: "https://evil.example" }]);
    expect(await issuers()).toEqual(["https://id.example", "retired:oidc"]);
  });
});

describe("a list of allowed domains", () => {
  test("applies to invitations to the site and to projects, whether or not the email address has an account", async () => {
    const owner = await makeUser(db);
    const projectId = await makeProject(db, owner);
    await makeUser(db, { email: "known@evil.example" });
    const invite = (actor: Actor, email: string) =>
      inviteMember({
        ctx: ctx(actor, { signUp: ONLY_EXAMPLE }),
        input: { projectId, email, role: "viewer" },
      });
    const denials = [
      await invite(owner, "eve@evil.example").catch(String),
      await invite(owner, "known@evil.example").catch(String),
    ];
    expect(new Set(denials)).toEqual(new Set([expect.stringMatching(/example\.com/)]));
    const admin = await makeAdmin(db);
    await expect(
      inviteToSite({ ctx: ctx(admin, { signUp: ONLY_EXAMPLE }), input: { email: "eve@evil.example" } }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("applies to links created before it, and to users of a provider", async () => {
    const admin = await makeAdmin(db);
    const projectId = await makeProject(db, admin);
    const email = "eve@evil.example";
    const { link } = await inviteMember({ ctx: ctx(admin), input: { projectId, email, role: "viewer" } });
    const token = tokenIn(link);
    const domains = ctx(VISITOR, { signUp: ONLY_EXAMPLE });
    expect((await readSignUpLink({ ctx: domains, input: { token } }))?.denial).toMatch(/example\.com/);
    await expect(signUp({ ctx: domains, input: { ...ADA, email, token } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(enter("42", email, ONLY_EXAMPLE)).rejects.toMatchObject({ reason: "not-invited" });
  });

  test("can't be bypassed by an owner who uses a link that was shown to them for an address of the domain", async () => {
    const owner = await makeUser(db);
    const projectId = await makeProject(db, owner);
    const input = { projectId, email: ADA.email, role: "viewer" as const };
    const { link } = await inviteMember({ ctx: ctx(owner, { signUp: ONLY_EXAMPLE }), input });
    await expect(
      signUp({ ctx: ctx(VISITOR, { signUp: ONLY_EXAMPLE }), input: { ...ADA, token: tokenIn(link) } }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("opening a link, as mail scanners do, does not consume it", async () => {
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  const site = tokenIn((await inviteToSite({ ctx: ctx(admin), input: { email: ADA.email } })).link);
  const input = { projectId, email: "grace@example.com", role: "viewer" as const };
  const project = tokenIn((await inviteMember({ ctx: ctx(admin), input })).link);
  const before = await db.read.q.select().from(db.read.t.invitations);
  for (let i = 0; i < 3; i++) {
    expect(await readSignUpLink({ ctx: ctx(VISITOR), input: { token: site } })).toMatchObject({
      kind: "site",
    });
    expect(await readInvitation({ ctx: ctx(VISITOR), input: { token: project } })).toMatchObject({
      email: input.email,
    });
    expect(await isFirstAdminLink({ ctx: ctx(VISITOR), input: { token: site } })).toBe(false);
  }
  expect(await db.read.q.select().from(db.read.t.invitations)).toEqual(before);
});
