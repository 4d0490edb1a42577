import { desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, TEST_SETTINGS } from "#test/people.ts";
import { sendPasswordReset } from "../../admin/reset-password.ts";
import { setSiteRole } from "../../admin/users.ts";
import { type Actor, type Ctx, type Mail, SYSTEM, type UserActor } from "../../context.ts";
import { createManagementToken } from "../management-tokens/create.ts";
import { readResetLink, requestPasswordReset, resetPassword } from "./password-reset.ts";
import { signInWithProvider } from "./providers.ts";
import { actorOfSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { createUser } from "./users.ts";

const EMAIL = "ada@example.com";
const OLD = "plum-otter-94-quay";
const NEW = "brass-heron-17-moss";
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };

let db: Db;
let clock: ReturnType<typeof makeClock>;
let mails: Mail[];
let ada: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  mails = [];
  const input = { email: EMAIL, name: "Ada", siteRole: "developer" as const, password: OLD };
  ada = (await createUser({ ctx: ctx(SYSTEM), input })).id;
});

const ctx = (actor: Actor, more: Partial<Ctx> = {}): Ctx =>
  ctxOf(db, actor, { clock, sendMail: async (mail) => void mails.push(mail), ...more });
const tokenIn = (text: string | null | undefined) => /token=([0-9A-Za-z]+)/.exec(text ?? "")?.[1] ?? "";
const ask = (email = EMAIL, more: Partial<Ctx> = {}) =>
  requestPasswordReset({ ctx: ctx(VISITOR, more), input: { email } });
const reset = (token: string, password = NEW) =>
  resetPassword({ ctx: ctx(VISITOR), input: { token, password } });
const enter = (password: string) =>
  signIn({ ctx: ctx(VISITOR), input: { email: EMAIL, password }, userAgent: null });
const link = (token: string) => readResetLink({ ctx: ctx(VISITOR), input: { token } });
const user = async () =>
  (await db.read.q.select().from(db.read.t.users).where(eq(db.read.t.users.id, ada)))[0];

async function mailedToken(): Promise<string> {
  await ask();
  return tokenIn(mails.at(-1)?.text);
}

describe("a mailed link", () => {
  test("sets the password, ends all sessions and tokens, verifies the address, and says so", async () => {
    const { sessionToken, userId } = await enter(OLD);
    const self: UserActor = {
      kind: "user",
      userId,
      name: "Ada",
      siteRole: "developer",
      via: "session",
      ipAddress: null,
    };
    await createManagementToken({ ctx: ctx(self), input: { name: "ci" } });
    const token = await mailedToken();
    expect(await reset(token)).toEqual({ email: EMAIL, tokensRevoked: 1, passkeys: 0 });
    expect(await actorOfSession({ db, settings: TEST_SETTINGS }, sessionToken, null, clock.now())).toBeNull();
    expect((await user())?.emailVerifiedAt).toBe(clock.now());
    await expect(enter(OLD)).rejects.toThrow("Incorrect");
    await enter(NEW);
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      [EMAIL, "Reset your password"],
      [EMAIL, "Your password was changed"],
    ]);
    expect(mails[1]?.text).toContain("1 of your management tokens");
    const { q, t } = db.read;
    const [trace] = await q
      .select()
      .from(t.audit)
      .where(eq(t.audit.action, "user.password-reset"))
      .orderBy(desc(t.audit.seq));
    expect(trace).toMatchObject({
      subjectId: ada,
      via: "link",
      after: { managementTokensRevoked: 1, mailed: true },
    });
    expect(JSON.stringify(await q.select().from(t.audit))).not.toMatch(new RegExp(`${token}|${NEW}`));
    expect(JSON.stringify(await q.select().from(t.accountLinks))).not.toContain(token);
  });

  test("works once, ends the others, and is not used up by reading or by a weak password", async () => {
    const [first, second] = [await mailedToken(), await mailedToken()];
    expect([await link(first), await link(first)]).toEqual([{ email: EMAIL }, { email: EMAIL }]);
    await expect(reset(first, "password123")).rejects.toMatchObject({ code: "invalid" });
    await reset(first);
    for (const token of [first, second]) {
      expect(await link(token)).toBeNull();
      await expect(reset(token)).rejects.toMatchObject({ code: "not-found" });
    }
  });

  test("used twice at the same time sets one password", async () => {
    const token = await mailedToken();
    const results = await Promise.allSettled([reset(token), reset(token, `${NEW}-2`)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("ends after 30 minutes, when the account is disabled, and when the password is changed", async () => {
    const token = await mailedToken();
    clock.advance(30 * 60_000 - 1);
    expect(await link(token)).not.toBeNull();
    await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: clock.now() }));
    expect(await link(token)).toBeNull();
    await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: null }));
    clock.advance(1);
    expect(await link(token)).toBeNull();
    await expect(reset(token)).rejects.toMatchObject({ code: "not-found" });
  });

  test("for an unverified address also ends the providers that someone may have linked before", async () => {
    const input = {
      provider: "oidc",
      issuer: "https://id.example",
      accountId: "7",
      name: "Eve",
      email: { address: EMAIL },
      linksByEmail: true,
      siteRole: null,
    };
    await signInWithProvider({ ctx: ctx(VISITOR), input, userAgent: null });
    const hash = (await user())?.passwordHash ?? null;
    expect(hash).toBeNull();
    await db.write((tx) => tx.q.update(tx.t.users).set({ passwordHash: "x", emailVerifiedAt: null }));
    await reset(await mailedToken());
    expect(await db.read.q.$count(db.read.t.identities)).toBe(0);
  });
});

describe("the answer", () => {
  test("and the work before it are the same whether or not there is an account", async () => {
    const seen: unknown[] = [];
    for (const email of [EMAIL, "nobody@example.com"]) {
      let statements = 0;
      const counting: Db = {
        ...db,
        write: (work) => {
          statements += 1;
          return db.write(work);
        },
      };
      const later: (() => Promise<void>)[] = [];
      const answer = await ask(email, { db: counting, background: (_, work) => void later.push(work) });
      seen.push({ answer, statements, later: later.length, mails: mails.length });
      for (const work of later) await work();
    }
    expect(seen).toEqual([
      { answer: undefined, statements: 1, later: 1, mails: 0 },
      { answer: undefined, statements: 1, later: 1, mails: 1 },
    ]);
    expect(mails.map(({ to }) => to)).toEqual([EMAIL]);
  });

  test("is the same for a disabled account, which gets no mail", async () => {
    await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: clock.now() }));
    expect(await ask()).toBeUndefined();
    expect(mails).toEqual([]);
  });

  test("slows down alike on a network from which the account was used", async () => {
    const from = (ipAddress: string) =>
      requestPasswordReset({ ctx: ctx({ kind: "visitor", ipAddress }), input: { email: EMAIL } });
    await enter(OLD);
    // On the owner's network (that of `VISITOR`), the requests of a stranger elsewhere count or not as on any other.
    for (let i = 0; i < 5; i++) await from("203.0.113.9");
    await expect(from("203.0.113.9")).rejects.toMatchObject({ code: "too-many" });
    for (const ipAddress of ["198.51.100.7", "198.51.100.8"]) {
      for (let i = 0; i < 5; i++) await from(ipAddress);
      await expect(from(ipAddress)).rejects.toMatchObject({ code: "too-many", retryAfterMs: 60_000 });
    }
    for (let i = 0; i < 5; i++) await from("203.0.113.10");
    await expect(from("203.0.113.11")).rejects.toMatchObject({ code: "too-many" });
  });

  test("slows down for one account, known or not, and for one IP address", async () => {
    const from = (ipAddress: string, email: string) =>
      requestPasswordReset({ ctx: ctx({ kind: "visitor", ipAddress }), input: { email } });
    for (const [ipAddress, email] of [
      ["198.51.100.7", EMAIL],
      ["198.51.100.8", "nobody@example.com"],
    ] as const) {
      for (let i = 0; i < 5; i++) await from(ipAddress, email);
      await expect(from(ipAddress, email)).rejects.toMatchObject({ code: "too-many", retryAfterMs: 60_000 });
    }
    for (let i = 0; i < 10; i++) await from("203.0.113.9", `person${i}@example.com`);
    await expect(from("203.0.113.9", "another@example.com")).rejects.toMatchObject({ code: "too-many" });
  });

  test("to people without a password says which provider button to use, without a link", async () => {
    await db.write(async ({ q, t }) => {
      await q.update(t.users).set({ passwordHash: null });
      const identity = { issuer: "https://id.example", accountId: "7", provider: "oidc", userId: ada };
      await q.insert(t.identities).values({ ...identity, createdAt: clock.now() });
    });
    await ask();
    expect(mails[0]?.subject).toBe("You have no password to reset");
    expect(mails[0]?.text).not.toContain("token=");
  });
});

describe("a link from an administrator or the operator", () => {
  test("without a mail server is shown, sets the password and verifies nothing", async () => {
    await expect(ask(EMAIL, { sendMail: null })).rejects.toMatchObject({ code: "conflict" });
    const admin = await makeAdmin(db);
    for (const actor of [admin, SYSTEM]) {
      const shown = await sendPasswordReset({ ctx: ctx(actor, { sendMail: null }), input: { userId: ada } });
      await reset(tokenIn(shown.link), `${NEW}-${actor.kind}`);
    }
    expect((await user())?.emailVerifiedAt).toBeNull();
    await enter(`${NEW}-system`);
  });

  test("is mailed to the user, and not shown, where there is a mail server", async () => {
    const admin = await makeAdmin(db);
    expect(await sendPasswordReset({ ctx: ctx(admin), input: { userId: ada } })).toEqual({ link: null });
    expect(mails[0]?.text).toContain("An administrator sent you this link");
    await reset(tokenIn(mails[0]?.text));
    expect((await user())?.emailVerifiedAt).not.toBeNull();
  });

  test("ends when its creator is no longer an administrator, and is denied for a disabled account", async () => {
    const [admin, other] = [await makeAdmin(db), await makeAdmin(db)];
    const shown = await sendPasswordReset({ ctx: ctx(admin, { sendMail: null }), input: { userId: ada } });
    await setSiteRole({ ctx: ctx(other), input: { userId: admin.userId, siteRole: "developer" } });
    expect(await link(tokenIn(shown.link))).toBeNull();
    await db.write((tx) =>
      tx.q.update(tx.t.users).set({ disabledAt: clock.now() }).where(eq(tx.t.users.id, ada)),
    );
    await expect(sendPasswordReset({ ctx: ctx(other), input: { userId: ada } })).rejects.toThrow("disabled");
  });
});
