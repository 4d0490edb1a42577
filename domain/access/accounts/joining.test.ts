import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { SignUpPolicy } from "#platform/settings.ts";
import { openTestDb } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeClock,
  makeProject,
  makeUser,
  TEST_SETTINGS,
} from "#test/people.ts";
import type { Actor, Ctx, Mail } from "../../context.ts";
import { createManagementToken } from "../management-tokens/create.ts";
import { inviteMember } from "../members/invite.ts";
import { createFirstAdmin, createFirstAdminLink } from "./first-admin.ts";
import { inviteToSite } from "./invite-to-site.ts";
import { signInWithProvider } from "./providers.ts";
import { requestSignUp } from "./request-sign-up.ts";
import { actorOfSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";
import { createUser } from "./users.ts";

const PASSWORD = "a long enough password";
const ADA = { email: "ada@example.com", name: "Ada", password: PASSWORD };
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };

let db: Db;
let clock: Clock;
let mails: Mail[];

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  mails = [];
});

function ctx(actor: Actor, signUpPolicy: SignUpPolicy = { kind: "invite" }, mailed = false): Ctx {
  const sendMail = mailed ? async (mail: Mail) => void mails.push(mail) : null;
  return ctxOf(db, actor, { clock, sendMail, settings: { ...TEST_SETTINGS, signUp: signUpPolicy } });
}

const tokenIn = (text: string | null | undefined) => /token=([0-9A-Za-z]+)/.exec(text ?? "")?.[1] ?? "";
const firstLink = async () => tokenIn(await createFirstAdminLink({ ctx: ctx({ kind: "system" }) }));

/** Delays both until both have checked whether there is an administrator, or one waits for a lock. */
async function untilBothWait<T>(both: () => Promise<T>, emails: string[]): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const taken = emails.map((email) => ({
    id: email,
    email,
    name: "",
    siteRole: "developer" as const,
    createdAt: 0,
  }));
  const held = db.write(async (tx) => {
    await tx.q.insert(tx.t.users).values(taken);
    both().then(resolve);
    await expect.poll(() => waitingForLocks(db), { timeout: 10_000 }).toBe(2);
    throw new Error("rolled back");
  });
  await expect(held).rejects.toThrow("rolled back");
  return promise;
}

describe("the first administrator", () => {
  test("is created only once by a link, even if two requests arrive at once", async () => {
    const token = await firstLink();
    const results = await Promise.allSettled(
      ["ada@example.com", "eve@example.com"].map((email) =>
        createFirstAdmin({ ctx: ctx(VISITOR), input: { token, ...ADA, email } }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.read.q.select({ role: db.read.t.users.siteRole }).from(db.read.t.users)).toEqual([
      { role: "admin" },
    ]);
    expect(await firstLink()).toBe("");
  });

  test("is created by the link even if a stranger signed up earlier, and not by a link once there is an administrator", async () => {
    const token = await firstLink();
    const stranger = { ...ADA, email: "eve@example.com" };
    await signUp({ ctx: ctx(VISITOR, { kind: "open" }), input: stranger });
    const another = await firstLink();
    await expect(createFirstAdmin({ ctx: ctx(VISITOR), input: { token, ...ADA } })).rejects.toMatchObject({
      code: "not-found",
    });
    const created = await createFirstAdmin({ ctx: ctx(VISITOR), input: { token: another, ...ADA } });
    expect(created.siteRole).toBe("admin");
    expect(await firstLink()).toBe("");
  });

  test("is not created by a link after the operator created an administrator in the terminal", async () => {
    const token = await firstLink();
    await createUser({ ctx: ctx({ kind: "system" }), input: { ...ADA, siteRole: "admin" } });
    const late = createFirstAdmin({ ctx: ctx(VISITOR), input: { token, ...ADA, email: "eve@example.com" } });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });

  test("is created once, even if two links are used at once", async () => {
    const tokens = [await firstLink(), await firstLink()];
    await db.write((tx) => tx.q.update(tx.t.invitations).set({ withdrawnAt: null }));
    const emails = ["ada@example.com", "eve@example.com"];
    const both = () =>
      Promise.allSettled(
        emails.map((email, at) =>
          createFirstAdmin({ ctx: ctx(VISITOR), input: { ...ADA, email, token: tokens[at] ?? "" } }),
        ),
      );
    const results = await (db.dialect === "postgres" ? untilBothWait(both, emails) : both());
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("is not created by an older link, a link of a day ago or an invented one", async () => {
    const older = await firstLink();
    const token = await firstLink();
    const attempt = (given: string) =>
      createFirstAdmin({ ctx: ctx(VISITOR), input: { token: given, ...ADA } });
    await expect(attempt(older)).rejects.toMatchObject({ code: "not-found" });
    await expect(attempt("x")).rejects.toMatchObject({ code: "not-found" });
    clock.advance(DAY_MS);
    await expect(attempt(token)).rejects.toMatchObject({ code: "not-found" });
    const rows = await db.read.q.select().from(db.read.t.invitations);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("signing up", () => {
  test("needs an invitation unless the policy allows anyone", async () => {
    await expect(signUp({ ctx: ctx(VISITOR), input: ADA })).rejects.toMatchObject({ code: "forbidden" });
    expect((await signUp({ ctx: ctx(VISITOR, { kind: "open" }), input: ADA })).siteRole).toBe("developer");
    const domains: SignUpPolicy = { kind: "domains", domains: ["example.org"] };
    const grace = { ...ADA, email: "grace@example.org" };
    // Anyone can type an address: without a mail it proves nothing.
    await expect(signUp({ ctx: ctx(VISITOR, domains), input: grace })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("starts with a mailed link, worded alike for existing accounts; other domains get no mail", async () => {
    const policy: SignUpPolicy = { kind: "domains", domains: ["example.com"] };
    const ask = (email: string) => requestSignUp({ ctx: ctx(VISITOR, policy, true), input: { email } });
    await makeUser(db, { email: "known@example.com" });
    expect(await ask("ada@example.com")).toEqual(await ask("known@example.com"));
    expect(mails.map(({ text }) => /\/sign-up\?token=/.test(text))).toEqual([true, false]);
    await expect(ask("eve@evil-example.com")).rejects.toMatchObject({ code: "forbidden" });
    const token = tokenIn(mails[0]?.text);
    const input = { ...ADA, token };
    await expect(
      signUp({ ctx: ctx(VISITOR, policy, true), input: { ...input, email: "eve@example.com" } }),
    ).rejects.toMatchObject({ errors: [{ path: "email" }] });
    await signUp({ ctx: ctx(VISITOR, policy, true), input });
    await expect(signUp({ ctx: ctx(VISITOR, policy, true), input })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("requires an invitation by an administrator, nobody else can invite, and the link is stored as a hash", async () => {
    const input = { email: ADA.email };
    await expect(inviteToSite({ ctx: ctx(await makeUser(db)), input })).rejects.toMatchObject({
      code: "forbidden",
    });
    const { link } = await inviteToSite({ ctx: ctx(await makeAdmin(db)), input });
    const token = tokenIn(link);
    expect(JSON.stringify(await db.read.q.select().from(db.read.t.invitations))).not.toContain(token);
    expect((await signUp({ ctx: ctx(VISITOR), input: { ...ADA, token } })).email).toBe(ADA.email);
  });

  test("rejects a password that is the user's own name or email address", async () => {
    for (const password of ["Ada@Example.com", "aaaaaaaaaaaa"]) {
      await expect(
        signUp({ ctx: ctx(VISITOR, { kind: "open" }), input: { ...ADA, password } }),
      ).rejects.toMatchObject({ errors: [{ path: "password" }] });
    }
  });
});

describe("through a provider", () => {
  const enter = (address: string | null, accountId = "42", policy?: SignUpPolicy) =>
    signInWithProvider({
      ctx: ctx(VISITOR, policy),
      input: {
        provider: "oidc",
        issuer: "https://sso.example.com",
        accountId,
        name: "Ada",
        email: address === null ? { denied: "email-unverified" } : { address },
        linksByEmail: true,
        siteRole: null,
      },
      userAgent: null,
    });

  test("a verified email address finds its account, and later the identity finds it", async () => {
    const user = await makeUser(db, { email: ADA.email });
    await db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: 1 }));
    expect((await enter(ADA.email)).userId).toBe(user.userId);
    expect((await enter(null)).userId).toBe(user.userId);
    await expect(enter(null, "43")).rejects.toMatchObject({ code: "forbidden" });
  });

  test("new users need the policy or an invitation; others learn why the provider's claims were not enough", async () => {
    await expect(enter("eve@example.com")).rejects.toMatchObject({ reason: "not-invited" });
    await expect(enter(null)).rejects.toMatchObject({
      code: "forbidden",
      reason: "email-unverified",
      message: expect.stringMatching(/email_verified/),
    });
    await inviteToSite({ ctx: ctx(await makeAdmin(db)), input: { email: ADA.email } });
    expect((await enter(ADA.email)).email).toBe(ADA.email);
    const policy: SignUpPolicy = { kind: "domains", domains: ["example.org"] };
    expect((await enter("grace@example.org", "44", policy)).email).toBe("grace@example.org");
  });

  test("a disabled user can't sign in", async () => {
    const user = await makeUser(db, { email: ADA.email });
    await db.write((tx) =>
      tx.q.update(tx.t.users).set({ disabledAt: 1 }).where(eq(tx.t.users.id, user.userId)),
    );
    await expect(enter(ADA.email)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a user who proves an email address takes over the account that someone else created with it and locks them out", async () => {
    const squatter = await signUp({ ctx: ctx(VISITOR, { kind: "open" }), input: ADA });
    const theirs = await signIn({ ctx: ctx(VISITOR), input: ADA, userAgent: null });
    const actor = await actorOfSession(
      { db, settings: TEST_SETTINGS },
      theirs.sessionToken,
      null,
      clock.now(),
    );
    if (!actor) throw new Error("not signed in");
    await createManagementToken({ ctx: ctx(actor), input: { name: "backdoor" } });
    const projectId = await makeProject(db, actor);
    await inviteMember({ ctx: ctx(actor), input: { projectId, email: "eve@example.com", role: "owner" } });
    const owner = await enter(ADA.email);
    expect(owner.userId).toBe(squatter.id);
    expect(
      await actorOfSession({ db, settings: TEST_SETTINGS }, theirs.sessionToken, null, clock.now()),
    ).toBeNull();
    await expect(signIn({ ctx: ctx(VISITOR), input: ADA, userAgent: null })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const tokens = await db.read.q.select().from(db.read.t.managementTokens);
    expect(tokens.map(({ revokedAt }) => revokedAt === null)).toEqual([false]);
    const invitations = await db.read.q.select().from(db.read.t.invitations);
    expect(invitations.map(({ withdrawnAt }) => withdrawnAt === null)).toEqual([false]);
  });
});
