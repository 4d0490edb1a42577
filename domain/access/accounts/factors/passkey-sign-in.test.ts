import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "#core/time.ts";
import { type Deviations, TestAuthenticator } from "#test/authenticator.ts";
import {
  add,
  ctx,
  enter,
  makeAccount,
  sessionOf,
  setUpPasskey,
  site,
  VISITOR,
  WRONG,
} from "#test/passkey-fixture.ts";
import { makeAdmin, makeProvider, TEST_SETTINGS } from "#test/people.ts";
import { disableUser } from "../../../admin/users.ts";
import type { Ctx } from "../../../context.ts";
import { confirmWithPasskey, getConfirmationMethods, startPasskeyConfirmation } from "../step-up.ts";
import { signInWithPasskey, startPasskeySignIn } from "./passkey-sign-in.ts";
import { listPasskeys } from "./passkeys.ts";
import {
  finishSignIn,
  finishSignInWithPasskey,
  getPendingFactors,
  startPasskeyFactor,
} from "./pending-sign-in.ts";

const BROWSER = "the random token of a browser";

setUpPasskey();

const ask = (browser = BROWSER) => startPasskeySignIn({ ctx: ctx(VISITOR), input: { browser } });
type Request = Awaited<ReturnType<typeof ask>>;
function answer(
  { options, challenge }: Request,
  how: Deviations = {},
  { by = site.key, browser = BROWSER, more = {} as Partial<Ctx> } = {},
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
    expect(await sessionOf(sessionToken)).toMatchObject({ userId: site.ada.userId });
    expect(await sessionOf((await enter()).sessionToken)).toBeNull();
    const { q, t } = site.db.read;
    const [row] = await q.select().from(t.audit).where(eq(t.audit.action, "user.signed-in")).limit(1);
    expect(row).toBeDefined();
    const [stored] = await q.select().from(t.passkeys);
    expect(stored).toMatchObject({ counter: 2, lastUsedAt: site.clock.now(), backedUp: false });
  });

  test("works in two tabs of one browser, and each answer works once", async () => {
    const [first, second] = [await ask(), await ask()];
    await answer(second);
    await answer(first);
    // Without a counter, only the challenge reveals a replay.
    const copied = new TestAuthenticator(TEST_SETTINGS.url, { synced: true });
    await add(site.ada, copied, "Password manager");
    const again = await ask();
    const input = { challenge: again.challenge, answer: copied.get(again.options), browser: BROWSER };
    const send = () => signInWithPasskey({ ctx: ctx(VISITOR), input, userAgent: null });
    const both = await Promise.allSettled([send(), send()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(send()).rejects.toMatchObject({ code: "unauthenticated", message: WRONG });
  });

  test("works with an authenticator that has no counter and copies its passkeys", async () => {
    const copied = new TestAuthenticator(TEST_SETTINGS.url, { synced: true });
    site.clock.advance(1);
    await add(site.ada, copied, "Password manager");
    await answer(await ask(), {}, { by: copied });
    await answer(await ask(), {}, { by: copied });
    expect((await listPasskeys({ ctx: ctx(site.ada) })).items).toMatchObject([
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
    site.clock.advance(5 * MINUTE_MS);
    await expect(answer(late)).rejects.toMatchObject(rejected);
    await expect(answer(await startPasskeyConfirmation({ ctx: ctx(site.ada) }))).rejects.toMatchObject(
      rejected,
    );
    await expect(answer({ ...(await ask()), challenge: "forged" })).rejects.toMatchObject(rejected);
    const inTime = await ask();
    site.clock.advance(5 * MINUTE_MS - 1);
    await answer(inTime);
  });

  test("that is unknown, was removed, or belongs to a disabled user gets the same answer", async () => {
    const rejected = { code: "unauthenticated", message: WRONG };
    const stranger = new TestAuthenticator(TEST_SETTINGS.url);
    stranger.create({
      challenge: "",
      user: { id: Buffer.from(site.ada.userId).toString("base64url") },
      rp: {},
    });
    await expect(answer(await ask(), {}, { by: stranger })).rejects.toMatchObject(rejected);
    await disableUser({ ctx: ctx(await makeAdmin(site.db)), input: { userId: site.ada.userId } });
    await expect(answer(await ask())).rejects.toMatchObject(rejected);
    await site.db.write((tx) => tx.q.delete(tx.t.passkeys));
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
    expect(events[0]).toEqual(["user.sign-in-failed", site.ada.userId, "counter"]);
    expect(events[1]).toEqual(["user.sign-in-failed", site.ada.userId, "rejected"]);
    expect(events.at(-1)).toEqual(["user.sign-in-failed", expect.any(String), "too-many-attempts"]);
  });
});

describe("a passkey as the second factor", () => {
  const askFor = (token: string) => startPasskeyFactor({ ctx: ctx(VISITOR), input: { token } });
  async function finish(token: string, by = site.key, how: Deviations = {}) {
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
    expect((await askFor(pending)).options.allowCredentials).toMatchObject([{ id: site.key.credentialId }]);
    const { sessionToken } = await finish(pending, site.key, { userHandle: undefined });
    expect(await sessionOf(sessionToken)).toMatchObject({ userId: site.ada.userId });
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
    const input = { token: pending, challenge, answer: site.key.get(options) };
    await expect(
      finishSignInWithPasskey({ ctx: ctx(VISITOR), input, userAgent: null }),
    ).rejects.toMatchObject(rejected);
  });

  test("is replaced by a recovery code, once", async () => {
    const [code = ""] = site.recoveryCodes;
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
    expect(await getConfirmationMethods({ ctx: ctx(site.ada) })).toEqual({
      password: false,
      app: false,
      passkey: true,
      recoveryCode: true,
    });
    site.clock.advance(20 * MINUTE_MS);
    const confirm = async (how: Deviations = {}) => {
      const { options, challenge } = await startPasskeyConfirmation({ ctx: ctx(site.ada) });
      return confirmWithPasskey({
        ctx: ctx(site.ada),
        input: { challenge, answer: site.key.get(options, how) },
      });
    };
    await expect(confirm({ forged: true })).rejects.toMatchObject({ code: "invalid", message: WRONG });
    await confirm();
    const [session] = await site.db.read.q
      .select()
      .from(site.db.read.t.sessions)
      .where(eq(site.db.read.t.sessions.id, site.ada.session?.id ?? ""));
    expect(session?.confirmedAt).toBe(site.clock.now());
  });
});
