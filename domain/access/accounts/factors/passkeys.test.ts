import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { cbor, type Deviations, TestAuthenticator } from "#test/authenticator.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeProvider, TEST_SETTINGS } from "#test/people.ts";
import { resetSecondFactors } from "../../../admin/second-factors.ts";
import { disableUser } from "../../../admin/users.ts";
import { type Actor, type Ctx, type Mail, SYSTEM, type UserActor } from "../../../context.ts";
import { signInWithProvider } from "../providers.ts";
import { actorOfSession } from "../sessions.ts";
import { signIn } from "../sign-in.ts";
import { confirmWithPasskey, getConfirmationMethods, startPasskeyConfirmation } from "../step-up.ts";
import { createUser } from "../users.ts";
import { confirmTotp, createRecoveryCodes, getSecondFactor, removeTotp, startTotp } from "./manage.ts";
import { signInWithPasskey, startPasskeySignIn } from "./passkey-sign-in.ts";
import { addPasskey, listPasskeys, removePasskey, renamePasskey, startPasskey } from "./passkeys.ts";
import {
  finishSignIn,
  finishSignInWithPasskey,
  getPendingFactors,
  startPasskeyFactor,
} from "./pending-sign-in.ts";

const PASSWORD = "plum-otter-94-quay";
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };
const BROWSER = "the random token of a browser";
const WRONG = "This passkey was not accepted. Try again, or use another way.";
const MINUTE = 60_000;

let db: Db;
let clock: ReturnType<typeof makeClock>;
let mails: Mail[];
let ada: UserActor;
let key: TestAuthenticator;
let recoveryCodes: string[];

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  mails = [];
  ada = await makeAccount("ada@example.com");
  key = new TestAuthenticator(TEST_SETTINGS.url, { counter: 1 });
  recoveryCodes = (await add(ada, key, "Laptop")) ?? [];
});

const ctx = (actor: Actor, more: Partial<Ctx> = {}): Ctx =>
  ctxOf(db, actor, { clock, sendMail: async (mail) => void mails.push(mail), ...more });
const sessionOf = (token: string) => actorOfSession(db, token, null, clock.now(), TEST_SETTINGS.sessions);
const enter = (email = "ada@example.com") =>
  signIn({ ctx: ctx(VISITOR), input: { email, password: PASSWORD }, userAgent: null });

async function makeAccount(email: string): Promise<UserActor> {
  const input = { email, name: "Ada", siteRole: "developer" as const, password: PASSWORD };
  await createUser({ ctx: ctx(SYSTEM), input });
  const actor = await sessionOf((await enter(email)).sessionToken);
  if (!actor) throw new Error("not signed in");
  return actor;
}

async function add(actor: UserActor, authenticator: TestAuthenticator, name: string, how: Deviations = {}) {
  const { options, challenge } = await startPasskey({ ctx: ctx(actor) });
  const answer = authenticator.create(options, how);
  return (await addPasskey({ ctx: ctx(actor), input: { name, challenge, answer } })).recoveryCodes;
}

const ask = (browser = BROWSER) => startPasskeySignIn({ ctx: ctx(VISITOR), input: { browser } });
type Request = Awaited<ReturnType<typeof ask>>;
function answer(
  { options, challenge }: Request,
  how: Deviations = {},
  { by = key, browser = BROWSER, more = {} as Partial<Ctx> } = {},
) {
  const input = { challenge, answer: by.get(options, how), browser };
  return signInWithPasskey({ ctx: ctx(VISITOR, more), input, userAgent: null });
}

describe("a passkey alone", () => {
  test("signs in, although a password alone does not", async () => {
    const request = await ask();
    expect(request.options).toMatchObject({
      rpId: "keys.example.com",
      userVerification: "required",
      allowCredentials: [],
    });
    const { sessionToken } = await answer(request);
    expect(await sessionOf(sessionToken)).toMatchObject({ userId: ada.userId });
    expect(await sessionOf((await enter()).sessionToken)).toBeNull();
    const { q, t } = db.read;
    const [row] = await q.select().from(t.audit).where(eq(t.audit.action, "user.signed-in")).limit(1);
    expect(row).toBeDefined();
    const [stored] = await q.select().from(t.passkeys);
    expect(stored).toMatchObject({ counter: 2, lastUsedAt: clock.now(), backedUp: false });
  });

  test("works in two tabs of one browser, and each answer works once", async () => {
    const [first, second] = [await ask(), await ask()];
    await answer(second);
    await answer(first);
    // Without a counter, only the challenge reveals a replay.
    const copied = new TestAuthenticator(TEST_SETTINGS.url, { synced: true });
    await add(ada, copied, "Password manager");
    const again = await ask();
    const input = { challenge: again.challenge, answer: copied.get(again.options), browser: BROWSER };
    const send = () => signInWithPasskey({ ctx: ctx(VISITOR), input, userAgent: null });
    const both = await Promise.allSettled([send(), send()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(send()).rejects.toMatchObject({ code: "unauthenticated", message: WRONG });
  });

  test("works with an authenticator that has no counter and copies its passkeys", async () => {
    const copied = new TestAuthenticator(TEST_SETTINGS.url, { synced: true });
    clock.advance(1);
    await add(ada, copied, "Password manager");
    await answer(await ask(), {}, { by: copied });
    await answer(await ask(), {}, { by: copied });
    expect((await listPasskeys({ ctx: ctx(ada) })).items).toMatchObject([
      { name: "Laptop", synced: false, lastUsedAt: null },
      { name: "Password manager", synced: true },
    ]);
  });

  const deviations: [string, Deviations][] = [
    ["signed for a page of another site", { origin: "https://keys.example.org" }],
    ["signed for a page without TLS", { origin: "http://keys.example.com" }],
    ["of another site", { rpId: "example.org" }],
    ["signed in a frame of another site", { crossOrigin: true }],
    ["whose authenticator did not verify its user", { verified: false }],
    ["with the handle of another user", { userHandle: Buffer.from("usr_other").toString("base64url") }],
    ["without the handle of its user", { userHandle: undefined }],
    ["with a wrong signature", { forged: true }],
    ["whose counter did not increase", { counter: 1 }],
    ["that has become one which can be copied", { backupEligible: true }],
  ];
  test.each(deviations)("%s is not accepted", async (_, how) => {
    await expect(answer(await ask(), how)).rejects.toMatchObject({
      code: "unauthenticated",
      message: WRONG,
    });
  });

  test("is accepted only in the browser that got the challenge, in time, and for a sign-in", async () => {
    const rejected = { code: "unauthenticated", message: WRONG };
    await expect(answer(await ask(), {}, { browser: "another browser" })).rejects.toMatchObject(rejected);
    const late = await ask();
    clock.advance(5 * MINUTE);
    await expect(answer(late)).rejects.toMatchObject(rejected);
    await expect(answer(await startPasskeyConfirmation({ ctx: ctx(ada) }))).rejects.toMatchObject(rejected);
    await expect(answer({ ...(await ask()), challenge: "forged" })).rejects.toMatchObject(rejected);
    const inTime = await ask();
    clock.advance(5 * MINUTE - 1);
    await answer(inTime);
  });

  test("that is unknown, was removed, or belongs to a disabled user gets the same answer", async () => {
    const rejected = { code: "unauthenticated", message: WRONG };
    const stranger = new TestAuthenticator(TEST_SETTINGS.url);
    stranger.create({ challenge: "", user: { id: Buffer.from(ada.userId).toString("base64url") }, rp: {} });
    await expect(answer(await ask(), {}, { by: stranger })).rejects.toMatchObject(rejected);
    await disableUser({ ctx: ctx(await makeAdmin(db)), input: { userId: ada.userId } });
    await expect(answer(await ask())).rejects.toMatchObject(rejected);
    await db.write((tx) => tx.q.delete(tx.t.passkeys));
    await expect(answer(await ask())).rejects.toMatchObject(rejected);
  });

  test("does not replace the provider that the user's address must use", async () => {
    const acme = makeProvider({ id: "acme", requiredDomains: ["example.com"] });
    const more = { settings: { ...TEST_SETTINGS, oidc: [acme] } };
    await expect(answer(await ask(), {}, { more })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("wrong answers are slowed like wrong passwords, and logged with their reason", async () => {
    const record = vi.fn();
    const securityLog = { record, admits: () => true, committed: () => {} };
    const more = { securityLog };
    const wrong = async (how: Deviations) =>
      expect(answer(await ask(), how, { more })).rejects.toMatchObject({ code: "unauthenticated" });
    await wrong({ counter: 1 });
    for (let attempt = 0; attempt < 4; attempt++) await wrong({ forged: true });
    await expect(answer(await ask(), {}, { more })).rejects.toMatchObject({ code: "too-many" });
    const events = record.mock.calls.map(([, { event, subject, facts }]) => [
      event,
      subject.id,
      facts.reason,
    ]);
    expect(events[0]).toEqual(["user.sign-in-failed", ada.userId, "counter"]);
    expect(events[1]).toEqual(["user.sign-in-failed", ada.userId, "rejected"]);
    expect(events.at(-1)).toEqual(["user.sign-in-failed", expect.any(String), "too-many-attempts"]);
  });
});

describe("a passkey as the second factor", () => {
  const askFor = (token: string) => startPasskeyFactor({ ctx: ctx(VISITOR), input: { token } });
  async function finish(token: string, by = key, how: Deviations = {}) {
    const { options, challenge } = await askFor(token);
    const input = { token, challenge, answer: by.get(options, how) };
    return finishSignInWithPasskey({ ctx: ctx(VISITOR), input, userAgent: null });
  }

  test("completes the sign-in once, also from an authenticator that sends no handle", async () => {
    const { sessionToken: pending } = await enter();
    expect(await getPendingFactors({ ctx: ctx(VISITOR), input: { token: pending } })).toEqual({
      app: false,
      passkeys: 1,
    });
    expect((await askFor(pending)).options.allowCredentials).toMatchObject([{ id: key.credentialId }]);
    const { sessionToken } = await finish(pending, key, { userHandle: undefined });
    expect(await sessionOf(sessionToken)).toMatchObject({ userId: ada.userId });
    await expect(finish(pending)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("must be one of the same user, for this sign-in", async () => {
    const rejected = { code: "invalid", message: WRONG };
    const [other, theirs] = [await makeAccount("bob@example.com"), new TestAuthenticator(TEST_SETTINGS.url)];
    await add(other, theirs, "Theirs");
    const { sessionToken: pending } = await enter();
    await expect(finish(pending, theirs)).rejects.toMatchObject(rejected);
    const { sessionToken: second } = await enter();
    const { options, challenge } = await askFor(second);
    const input = { token: pending, challenge, answer: key.get(options) };
    await expect(
      finishSignInWithPasskey({ ctx: ctx(VISITOR), input, userAgent: null }),
    ).rejects.toMatchObject(rejected);
  });

  test("is replaced by a recovery code, once", async () => {
    const [code = ""] = recoveryCodes;
    const byCode = async () =>
      finishSignIn({
        ctx: ctx(VISITOR),
        input: { token: (await enter()).sessionToken, code },
        userAgent: null,
      });
    expect(await sessionOf((await byCode()).sessionToken)).not.toBeNull();
    await expect(byCode()).rejects.toMatchObject({ code: "invalid" });
  });

  test("confirms an identity, which a password then does not", async () => {
    expect(await getConfirmationMethods({ ctx: ctx(ada) })).toEqual({
      password: false,
      app: false,
      passkey: true,
      recoveryCode: true,
    });
    clock.advance(20 * MINUTE);
    const confirm = async (how: Deviations = {}) => {
      const { options, challenge } = await startPasskeyConfirmation({ ctx: ctx(ada) });
      return confirmWithPasskey({ ctx: ctx(ada), input: { challenge, answer: key.get(options, how) } });
    };
    await expect(confirm({ forged: true })).rejects.toMatchObject({ code: "invalid", message: WRONG });
    await confirm();
    const [session] = await db.read.q
      .select()
      .from(db.read.t.sessions)
      .where(eq(db.read.t.sessions.id, ada.session?.id ?? ""));
    expect(session?.confirmedAt).toBe(clock.now());
  });
});

describe("managing passkeys", () => {
  test("recovery codes come with the first second factor and end with the last", async () => {
    expect(recoveryCodes).toHaveLength(10);
    expect(await add(ada, new TestAuthenticator(TEST_SETTINGS.url), "Phone")).toBeNull();
    expect((await createRecoveryCodes({ ctx: ctx(ada) })).recoveryCodes).toHaveLength(10);
    const remove = async () => {
      const [first] = (await listPasskeys({ ctx: ctx(ada) })).items;
      await removePasskey({ ctx: ctx(ada), input: { passkeyId: first?.id ?? "" } });
      return (await getSecondFactor({ ctx: ctx(ada) })).recoveryCodesLeft;
    };
    expect(await remove()).toBe(10);
    expect(await remove()).toBe(0);
    expect(await sessionOf((await enter()).sessionToken)).not.toBeNull();
  });

  test("an authenticator app that is added later keeps the recovery codes, and its removal too", async () => {
    const { secret } = await startTotp({ ctx: ctx(ada) });
    const { Secret, TOTP } = await import("otpauth");
    const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() });
    expect(await confirmTotp({ ctx: ctx(ada), input: { code } })).toEqual({ recoveryCodes: null });
    await removeTotp({ ctx: ctx(ada) });
    expect((await getSecondFactor({ ctx: ctx(ada) })).recoveryCodesLeft).toBe(10);
  });

  test("each change is audited and, but for a name, mailed", async () => {
    const [{ id: passkeyId } = { id: "" }] = (await listPasskeys({ ctx: ctx(ada) })).items;
    await renamePasskey({ ctx: ctx(ada), input: { passkeyId, name: "Old laptop" } });
    await removePasskey({ ctx: ctx(ada), input: { passkeyId } });
    expect(mails.map(({ to, text }) => [to, text.split(".")[0]])).toEqual([
      ["ada@example.com", "The passkey “Laptop” was added to your account"],
      ["ada@example.com", "The passkey “Old laptop” was removed from your account"],
    ]);
    const { q, t } = db.read;
    const rows = await q.select().from(t.audit).where(eq(t.audit.subjectId, ada.userId));
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["user.passkey-added", "user.passkey-renamed", "user.passkey-removed"]),
    );
  });

  test("a user can't rename or remove another's, or add a known one", async () => {
    const [{ id: passkeyId } = { id: "" }] = (await listPasskeys({ ctx: ctx(ada) })).items;
    const bob = await makeAccount("bob@example.com");
    const missing = { code: "not-found" };
    await expect(renamePasskey({ ctx: ctx(bob), input: { passkeyId, name: "Mine" } })).rejects.toMatchObject(
      missing,
    );
    await expect(removePasskey({ ctx: ctx(bob), input: { passkeyId } })).rejects.toMatchObject(missing);
    await expect(add(bob, key, "Stolen")).rejects.toMatchObject({ code: "invalid", message: WRONG });
    expect((await startPasskey({ ctx: ctx(ada) })).options.excludeCredentials).toMatchObject([
      { id: key.credentialId },
    ]);
  });

  test.each<[string, Deviations]>([
    ["of another site", { rpId: "example.org" }],
    ["on a page of another site", { origin: "https://keys.example.org" }],
    ["in a frame of another site", { crossOrigin: true }],
    ["without verifying the user", { verified: false }],
    [
      "with certificates, whose servers would be called",
      {
        attestation: {
          fmt: "packed",
          attStmt: cbor.map(
            [cbor.text("alg"), cbor.int(-7)],
            [cbor.text("sig"), cbor.bytes(Buffer.from("sig"))],
            [cbor.text("x5c"), cbor.bytes(Buffer.from("certificate"))],
          ),
        },
      },
    ],
    ["in an unknown format", { attestation: { fmt: "apple", attStmt: cbor.map() } }],
  ])("a passkey %s is not added", async (_, how) => {
    const attempt = add(ada, new TestAuthenticator(TEST_SETTINGS.url), "Wrong", how);
    await expect(attempt).rejects.toMatchObject({ code: "invalid", message: WRONG });
  });

  test("a challenge works once, and only in the session that asked for it", async () => {
    const { options, challenge } = await startPasskey({ ctx: ctx(ada) });
    const other = { ...ada, session: { id: "ses_other", confirmedAt: 0 } };
    const input = (by: TestAuthenticator) => ({ name: "New", challenge, answer: by.create(options) });
    const fresh = () => new TestAuthenticator(TEST_SETTINGS.url);
    const rejected = { code: "invalid", message: WRONG };
    await expect(addPasskey({ ctx: ctx(other), input: input(fresh()) })).rejects.toMatchObject(rejected);
    await addPasskey({ ctx: ctx(ada), input: input(fresh()) });
    await expect(addPasskey({ ctx: ctx(ada), input: input(fresh()) })).rejects.toMatchObject(rejected);
  });

  test("there is a most", async () => {
    for (let count = 1; count < 20; count++) {
      await add(ada, new TestAuthenticator(TEST_SETTINGS.url), `Passkey ${count}`);
    }
    await expect(startPasskey({ ctx: ctx(ada) })).rejects.toMatchObject({ code: "conflict" });
  });

  test("a reset by an administrator and the arrival of the address's owner remove them", async () => {
    const count = () => db.read.q.$count(db.read.t.passkeys);
    await resetSecondFactors({
      ctx: ctx(await makeAdmin(db)),
      input: { userId: ada.userId },
    });
    expect(await count()).toBe(0);
    const again = await sessionOf((await enter()).sessionToken);
    if (!again) throw new Error("not signed in");
    await add(again, new TestAuthenticator(TEST_SETTINGS.url), "New");
    await signInWithProvider({
      ctx: ctx(VISITOR),
      input: {
        provider: "oidc",
        issuer: "https://id.example",
        accountId: "7",
        name: "Ada",
        email: { address: "ada@example.com" },
        siteRole: null,
      },
      userAgent: null,
    });
    expect(await count()).toBe(0);
  });

  test("no token can list, add, change or use them", async () => {
    const script = ctx({ ...ada, via: "token" });
    const { options, challenge } = await startPasskey({ ctx: ctx(ada) });
    for (const attempt of [
      listPasskeys({ ctx: script }),
      startPasskey({ ctx: script }),
      addPasskey({ ctx: script, input: { name: "x", challenge, answer: key.create(options) } }),
      renamePasskey({ ctx: script, input: { passkeyId: "pky_x", name: "x" } }),
      removePasskey({ ctx: script, input: { passkeyId: "pky_x" } }),
      startPasskeyConfirmation({ ctx: script }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("nothing is offered where browsers have no passkeys", async () => {
    const settings = { ...TEST_SETTINGS, url: "https://203.0.113.7" };
    expect((await listPasskeys({ ctx: ctx(ada, { settings }) })).available).toBe(false);
    await expect(startPasskey({ ctx: ctx(ada, { settings }) })).rejects.toMatchObject({ code: "conflict" });
  });
});
