import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, TEST_SETTINGS } from "#test/people.ts";
import { resetSecondFactors } from "../../../admin/second-factors.ts";
import { type Actor, type Ctx, type Mail, SYSTEM, type UserActor } from "../../../context.ts";
import { sealerWith } from "../../../secrets/sealer.ts";
import { changePassword } from "../password.ts";
import { requestPasswordReset, resetPassword } from "../password-reset.ts";
import { signInWithProvider } from "../providers.ts";
import { actorOfSession } from "../sessions.ts";
import { signIn } from "../sign-in.ts";
import { confirmIdentity, getConfirmationMethods, requireRecentConfirmation } from "../step-up.ts";
import { createUser } from "../users.ts";
import { confirmTotp, createRecoveryCodes, getSecondFactor, removeTotp, startTotp } from "./manage.ts";
import { finishSignIn, getPendingFactors } from "./pending-sign-in.ts";

const EMAIL = "ada@example.com";
const PASSWORD = "plum-otter-94-quay";
const PROVIDED = {
  provider: "oidc",
  issuer: "https://id.example",
  accountId: "7",
  name: "Ada",
  email: { address: EMAIL },
  linksByEmail: true,
  siteRole: null,
};
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };

let db: Db;
let clock: ReturnType<typeof makeClock>;
let mails: Mail[];
let ada: UserActor;
let secret: string;
let recoveryCodes: string[];

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  mails = [];
  const input = { email: EMAIL, name: "Ada", siteRole: "developer" as const, password: PASSWORD };
  await createUser({ ctx: ctx(SYSTEM), input });
  ada = await actorOf((await enter()).sessionToken);
  secret = (await startTotp({ ctx: ctx(ada) })).secret;
  recoveryCodes = (await confirmTotp({ ctx: ctx(ada), input: { code: codeAt() } })).recoveryCodes ?? [];
  clock.advance(60_000);
});

const ctx = (actor: Actor): Ctx =>
  ctxOf(db, actor, { clock, sendMail: async (mail) => void mails.push(mail) });
const enter = () =>
  signIn({ ctx: ctx(VISITOR), input: { email: EMAIL, password: PASSWORD }, userAgent: null });
const finish = (token: string, code: string) =>
  finishSignIn({ ctx: ctx(VISITOR), input: { token, code }, userAgent: null });
const codeAt = (ms = clock.now()) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: ms });
const sessionOf = (token: string) =>
  actorOfSession({ db, settings: TEST_SETTINGS }, token, null, clock.now());
async function actorOf(token: string): Promise<UserActor> {
  const actor = await sessionOf(token);
  if (!actor) throw new Error("not signed in");
  return actor;
}
const wrong = { code: "invalid", message: "This code is wrong or was used before." };

describe("with an authenticator app", () => {
  test("a password alone signs nobody in; a code completes the sign-in once", async () => {
    const { sessionToken: pending } = await enter();
    expect(await sessionOf(pending)).toBeNull();
    expect(await getPendingFactors({ ctx: ctx(VISITOR), input: { token: pending } })).toEqual({
      app: true,
      passkeys: 0,
    });
    const { sessionToken } = await finish(pending, codeAt());
    expect(sessionToken).not.toBe(pending);
    expect(await sessionOf(sessionToken)).toMatchObject({ userId: ada.userId });
    clock.advance(60_000);
    await expect(finish(pending, codeAt())).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("neither does a provider", async () => {
    await db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: clock.now() }));
    const { sessionToken } = await signInWithProvider({
      ctx: ctx(VISITOR),
      input: PROVIDED,
      userAgent: null,
    });
    expect(await sessionOf(sessionToken)).toBeNull();
    expect(await sessionOf((await finish(sessionToken, codeAt())).sessionToken)).not.toBeNull();
  });

  test("a sign-in through a provider confirms nobody who has a password", async () => {
    await removeTotp({ ctx: ctx(ada) });
    await db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: clock.now() }));
    const enterThrough = async () => {
      const { sessionToken } = await signInWithProvider({
        ctx: ctx(VISITOR),
        input: PROVIDED,
        userAgent: null,
      });
      return ctx(await actorOf(sessionToken));
    };
    const there = await enterThrough();
    expect(() => requireRecentConfirmation(there)).toThrow("Confirm your identity");
    await confirmIdentity({ ctx: there, input: { password: PASSWORD } });
    await db.write((tx) => tx.q.update(tx.t.users).set({ passwordHash: null }));
    const withoutPassword = await enterThrough();
    expect(() => requireRecentConfirmation(withoutPassword)).not.toThrow();
  });

  test.each([
    [-30, true],
    [0, true],
    [30, true],
    [-61, false],
    [61, false],
  ])("of a clock that is %i s off is accepted: %s", async (seconds, isAccepted) => {
    const { sessionToken } = await enter();
    const code = codeAt(clock.now() + seconds * 1_000);
    const accepted = [-30_000, 0, 30_000].map((off) => codeAt(clock.now() + off));
    // With one of 300,000 secrets, two steps have the same six digits.
    if (!isAccepted && accepted.includes(code)) return;
    const finished = finish(sessionToken, code);
    await (isAccepted ? finished : expect(finished).rejects.toMatchObject(wrong));
  });

  test("wrong, older and replayed codes get one answer, and wrong ones are throttled", async () => {
    const first = await enter();
    await finish(first.sessionToken, codeAt());
    const { sessionToken } = await enter();
    for (const code of [codeAt(), codeAt(clock.now() - 30_000), codeAt(clock.now() - 90_000), "abc"]) {
      await expect(finish(sessionToken, code)).rejects.toMatchObject(wrong);
    }
    clock.advance(60_000);
    await expect(finish(sessionToken, "000000")).rejects.toMatchObject(wrong);
    await expect(finish(sessionToken, codeAt())).rejects.toMatchObject({ code: "too-many" });
    const record = vi.fn();
    const securityLog = { record, admits: () => true, committed: () => {} };
    const input = { token: sessionToken, code: codeAt() };
    const throttled = [
      () => finishSignIn({ ctx: { ...ctx(VISITOR), securityLog }, input, userAgent: null }),
      () => confirmIdentity({ ctx: { ...ctx(ada), securityLog }, input: { code: codeAt() } }),
    ];
    for (const attempt of throttled) await expect(attempt()).rejects.toMatchObject({ code: "too-many" });
    expect(record.mock.calls.map(([, { event, facts }]) => [event, facts.reason]).sort()).toEqual([
      ["user.confirmation-failed", "too-many-attempts"],
      ["user.sign-in-failed", "too-many-attempts"],
    ]);
  });

  test("a recovery code works once, however it is written", async () => {
    const [code = ""] = recoveryCodes;
    const first = await enter();
    await finish(first.sessionToken, code.replaceAll("-", " ").toUpperCase());
    const { sessionToken } = await enter();
    await expect(finish(sessionToken, code)).rejects.toMatchObject(wrong);
    expect((await getSecondFactor({ ctx: ctx(ada) })).recoveryCodesLeft).toBe(9);
  });

  test("with an app that a lost secret of the deployment sealed, only recovery codes work", async () => {
    const record = vi.fn();
    const other = { sealer: sealerWith("another secret of the deployment, which replaced it") };
    const securityLog = { record, admits: () => true, committed: () => {} };
    const withOther = (actor: Actor) => ({ ...ctx(actor), ...other, securityLog });
    const finishThere = (token: string, code: string) =>
      finishSignIn({ ctx: withOther(VISITOR), input: { token, code }, userAgent: null });
    const { sessionToken } = await enter();
    await expect(finishThere(sessionToken, codeAt())).rejects.toMatchObject(wrong);
    expect(record).toHaveBeenCalledWith(
      VISITOR,
      expect.objectContaining({
        event: "user.second-factor-unreadable",
        subject: { id: ada.userId, name: "Ada" },
      }),
    );
    const [first = "", second = ""] = recoveryCodes;
    const actor = await actorOf((await finishThere(sessionToken, first)).sessionToken);
    await confirmIdentity({ ctx: withOther(actor), input: { code: second } });
    const used = await db.read.q
      .select()
      .from(db.read.t.audit)
      .where(eq(db.read.t.audit.action, "user.recovery-code-used"));
    expect(used).toMatchObject([{ subjectId: ada.userId, via: "session" }]);
    expect(mails.slice(-2).map(({ to, text }) => [to, text.split(".")[0]])).toEqual([
      [EMAIL, "A recovery code of your account was used to sign in"],
      [EMAIL, "A recovery code of your account was used to confirm a change"],
    ]);
    await removeTotp({ ctx: withOther(actor) });
  });

  test("the first step ends after 10 minutes, and when the password is reset", async () => {
    const late = await enter();
    clock.advance(10 * 60_000);
    await expect(finish(late.sessionToken, codeAt())).rejects.toMatchObject({ code: "unauthenticated" });
    await db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: clock.now() }));
    const { sessionToken } = await enter();
    await requestPasswordReset({ ctx: ctx(VISITOR), input: { email: EMAIL } });
    const token = /token=(\w+)/.exec(mails.at(-1)?.text ?? "")?.[1] ?? "";
    await resetPassword({ ctx: ctx(VISITOR), input: { token, password: PASSWORD } });
    await expect(finish(sessionToken, codeAt())).rejects.toMatchObject({ code: "unauthenticated" });
    // A reset of the password is no way around the second factor.
    expect(await sessionOf((await enter()).sessionToken)).toBeNull();
  });

  test("confirming an identity asks for a code; the password is not enough", async () => {
    expect(await getConfirmationMethods({ ctx: ctx(ada) })).toEqual({
      password: false,
      app: true,
      passkey: false,
      recoveryCode: true,
    });
    const confirm = (input: { password?: string; code?: string }) =>
      confirmIdentity({ ctx: ctx(ada), input });
    await expect(confirm({ password: PASSWORD })).rejects.toMatchObject({ errors: [{ path: "code" }] });
    await confirm({ code: codeAt() });
    await expect(confirm({ code: codeAt() })).rejects.toMatchObject(wrong);
  });

  test("the password can be changed only after a recent confirmation with the factor", async () => {
    const change = (actor: UserActor) =>
      changePassword({ ctx: ctx(actor), input: { current: PASSWORD, password: "violet-camel-77-dune" } });
    clock.advance(20 * 60_000);
    await expect(change(ada)).rejects.toMatchObject({ code: "forbidden", stepUp: true });
    await confirmIdentity({ ctx: ctx(ada), input: { code: codeAt() } });
    const session = ada.session && { ...ada.session, confirmedAt: clock.now() };
    await change({ ...ada, ...(session && { session }) });
  });
});

describe("managing it", () => {
  test("nothing is stored that could be used: the secret is sealed, recovery codes are hashed", async () => {
    const { q, t } = db.read;
    const stored = JSON.stringify([
      await q.select().from(t.totpFactors),
      await q.select().from(t.recoveryCodes),
      await q.select().from(t.audit),
    ]);
    for (const hidden of [
      secret,
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll("-", "")),
    ]) {
      expect(stored).not.toContain(hidden);
    }
    expect(new Set(recoveryCodes).size).toBe(10);
  });

  test("setup needs a right code, and can't replace an app that is in use", async () => {
    await expect(startTotp({ ctx: ctx(ada) })).rejects.toMatchObject({ code: "conflict" });
    await removeTotp({ ctx: ctx(ada) });
    expect(await getSecondFactor({ ctx: ctx(ada) })).toEqual({ since: null, recoveryCodesLeft: 0 });
    const setup = await startTotp({ ctx: ctx(ada) });
    expect(setup.uri).toContain(`secret=${setup.secret}`);
    await expect(confirmTotp({ ctx: ctx(ada), input: { code: "000000" } })).rejects.toMatchObject({
      errors: [{ path: "code" }],
    });
    expect(await sessionOf((await enter()).sessionToken)).not.toBeNull();
  });

  test("each change is mailed to the user", async () => {
    await createRecoveryCodes({ ctx: ctx(ada) });
    const [code = ""] = recoveryCodes;
    await expect(finish((await enter()).sessionToken, code)).rejects.toMatchObject(wrong);
    await removeTotp({ ctx: ctx(ada) });
    expect(mails.map(({ to, text }) => [to, text.split(".")[0]])).toEqual([
      [EMAIL, "An authenticator app was added to your account"],
      [EMAIL, "New recovery codes were created for your account"],
      [EMAIL, "The authenticator app was removed from your account"],
    ]);
  });

  test("an administrator or the operator resets it, which is audited and mailed, and ends sessions", async () => {
    const admin = await makeAdmin(db);
    const { sessionToken } = await finish((await enter()).sessionToken, codeAt());
    await resetSecondFactors({ ctx: ctx(admin), input: { userId: ada.userId } });
    expect(await sessionOf(sessionToken)).toBeNull();
    expect(await sessionOf((await enter()).sessionToken)).not.toBeNull();
    expect(mails.at(-1)?.text).toContain("An administrator removed the second factors");
    await expect(
      resetSecondFactors({ ctx: ctx(SYSTEM), input: { userId: ada.userId } }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("no token can read, change or reset it", async () => {
    const script = { ...ada, siteRole: "admin" as const, via: "token" as const };
    for (const attempt of [
      () => getSecondFactor({ ctx: ctx(script) }),
      () => startTotp({ ctx: ctx(script) }),
      () => confirmTotp({ ctx: ctx(script), input: { code: codeAt() } }),
      () => createRecoveryCodes({ ctx: ctx(script) }),
      () => removeTotp({ ctx: ctx(script) }),
      () => resetSecondFactors({ ctx: ctx(script), input: { userId: ada.userId } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
