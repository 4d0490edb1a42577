import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { cbor, type Deviations, TestAuthenticator } from "#test/authenticator.ts";
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
import { makeAdmin, TEST_SETTINGS } from "#test/people.ts";
import { resetSecondFactors } from "../../../admin/second-factors.ts";
import { signInWithProvider } from "../providers.ts";
import { startPasskeyConfirmation } from "../step-up.ts";
import { confirmTotp, createRecoveryCodes, getSecondFactor, removeTotp, startTotp } from "./manage.ts";
import { addPasskey, listPasskeys, removePasskey, renamePasskey, startPasskey } from "./passkeys.ts";

setUpPasskey();

describe("managing passkeys", () => {
  test("recovery codes come with the first second factor and end with the last", async () => {
    expect(site.recoveryCodes).toHaveLength(10);
    expect(await add(site.ada, new TestAuthenticator(TEST_SETTINGS.url), "Phone")).toBeNull();
    expect((await createRecoveryCodes({ ctx: ctx(site.ada) })).recoveryCodes).toHaveLength(10);
    const remove = async () => {
      const [first] = (await listPasskeys({ ctx: ctx(site.ada) })).items;
      await removePasskey({ ctx: ctx(site.ada), input: { passkeyId: first?.id ?? "" } });
      return (await getSecondFactor({ ctx: ctx(site.ada) })).recoveryCodesLeft;
    };
    expect(await remove()).toBe(10);
    expect(await remove()).toBe(0);
    expect(await sessionOf((await enter()).sessionToken)).not.toBeNull();
  });

  test("an authenticator app that is added later keeps the recovery codes, and its removal too", async () => {
    const { secret } = await startTotp({ ctx: ctx(site.ada) });
    const { Secret, TOTP } = await import("otpauth");
    const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: site.clock.now() });
    expect(await confirmTotp({ ctx: ctx(site.ada), input: { code } })).toEqual({ recoveryCodes: null });
    await removeTotp({ ctx: ctx(site.ada) });
    expect((await getSecondFactor({ ctx: ctx(site.ada) })).recoveryCodesLeft).toBe(10);
  });

  test("each change is audited and, but for a name, mailed", async () => {
    const [{ id: passkeyId } = { id: "" }] = (await listPasskeys({ ctx: ctx(site.ada) })).items;
    await renamePasskey({ ctx: ctx(site.ada), input: { passkeyId, name: "Old laptop" } });
    await removePasskey({ ctx: ctx(site.ada), input: { passkeyId } });
    expect(site.mails.map(({ to, text }) => [to, text.split(".")[0]])).toEqual([
      ["ada@example.com", "The passkey “Laptop” was added to your account"],
      ["ada@example.com", "The passkey “Old laptop” was removed from your account"],
    ]);
    const { q, t } = site.db.read;
    const rows = await q.select().from(t.audit).where(eq(t.audit.subjectId, site.ada.userId));
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["user.passkey-added", "user.passkey-renamed", "user.passkey-removed"]),
    );
  });

  test("a user can't rename or remove another's, or add a known one", async () => {
    const [{ id: passkeyId } = { id: "" }] = (await listPasskeys({ ctx: ctx(site.ada) })).items;
    const bob = await makeAccount("bob@example.com");
    const missing = { code: "not-found" };
    await expect(renamePasskey({ ctx: ctx(bob), input: { passkeyId, name: "Mine" } })).rejects.toMatchObject(
      missing,
    );
    await expect(removePasskey({ ctx: ctx(bob), input: { passkeyId } })).rejects.toMatchObject(missing);
    await expect(add(bob, site.key, "Stolen")).rejects.toMatchObject({ code: "invalid", message: WRONG });
    expect((await startPasskey({ ctx: ctx(site.ada) })).options.excludeCredentials).toMatchObject([
      { id: site.key.credentialId },
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
    const attempt = add(site.ada, new TestAuthenticator(TEST_SETTINGS.url), "Wrong", how);
    await expect(attempt).rejects.toMatchObject({ code: "invalid", message: WRONG });
  });

  test("a challenge works once, and only in the session that asked for it", async () => {
    const { options, challenge } = await startPasskey({ ctx: ctx(site.ada) });
    const other = { ...site.ada, session: { id: "ses_other", confirmedAt: 0 } };
    const input = (by: TestAuthenticator) => ({ name: "New", challenge, answer: by.create(options) });
    const fresh = () => new TestAuthenticator(TEST_SETTINGS.url);
    const rejected = { code: "invalid", message: WRONG };
    await expect(addPasskey({ ctx: ctx(other), input: input(fresh()) })).rejects.toMatchObject(rejected);
    await addPasskey({ ctx: ctx(site.ada), input: input(fresh()) });
    await expect(addPasskey({ ctx: ctx(site.ada), input: input(fresh()) })).rejects.toMatchObject(rejected);
  });

  test("an account has at most 20", async () => {
    for (let count = 1; count < 20; count++) {
      await add(site.ada, new TestAuthenticator(TEST_SETTINGS.url), `Passkey ${count}`);
    }
    await expect(startPasskey({ ctx: ctx(site.ada) })).rejects.toMatchObject({ code: "conflict" });
  });

  test("a reset by an administrator and the arrival of the address's owner remove them", async () => {
    const count = () => site.db.read.q.$count(site.db.read.t.passkeys);
    await resetSecondFactors({
      ctx: ctx(await makeAdmin(site.db)),
      input: { userId: site.ada.userId },
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
        linksByEmail: true,
        siteRole: null,
      },
      userAgent: null,
    });
    expect(await count()).toBe(0);
  });

  test("no token can list, add, change or use them", async () => {
    const script = ctx({ ...site.ada, via: "token" });
    const { options, challenge } = await startPasskey({ ctx: ctx(site.ada) });
    for (const attempt of [
      () => listPasskeys({ ctx: script }),
      () => startPasskey({ ctx: script }),
      () => addPasskey({ ctx: script, input: { name: "x", challenge, answer: site.key.create(options) } }),
      () => renamePasskey({ ctx: script, input: { passkeyId: "pky_x", name: "x" } }),
      () => removePasskey({ ctx: script, input: { passkeyId: "pky_x" } }),
      () => startPasskeyConfirmation({ ctx: script }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("nothing is offered where browsers have no passkeys", async () => {
    const settings = { ...TEST_SETTINGS, url: "https://203.0.113.7" };
    expect((await listPasskeys({ ctx: ctx(site.ada, { settings }) })).available).toBe(false);
    await expect(startPasskey({ ctx: ctx(site.ada, { settings }) })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});
