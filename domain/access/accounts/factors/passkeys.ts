import { and, eq } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { iso, isoOrNull } from "#core/time.ts";
import { recordAudit } from "../../../audit/record.ts";
import { readBrand } from "../../../branding/read.ts";
import {
  type Ctx,
  denyManagementTokens,
  requireSignedIn,
  requireUser,
  type UserActor,
  type Verb,
} from "../../../context.ts";
import { DomainError, invalid, notFound } from "../../../errors.ts";
import { lockActiveUser } from "../step-up.ts";
import { resetAttempts, startAttempt, subjectsOf } from "../throttle.ts";
import { type ChallengeUse, consumeChallenge, issueChallenge, openChallenge } from "./challenge.ts";
import { notifyUser } from "./notify-user.ts";
import { passkeysOf, requireRelyingParty, WRONG_PASSKEY } from "./passkey-check.ts";
import type { AddPasskeyInput, PasskeyRef, RenamePasskeyInput } from "./passkey-schema.ts";
import { requireFactorLeft } from "./policy.ts";
import { endRecoveryCodes, hasSecondFactor, replaceRecoveryCodes } from "./second-factor.ts";
import { registrationOptions, relyingPartyOf, verifyRegistration } from "./webauthn.ts";

/** More than anyone has devices. Browsers get the list of all when they create or use one. */
const MAX_PASSKEYS = 20;

/** A passkey, as its owner sees it. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  /** Whether a copy exists on other devices, for example in a password manager. */
  synced: boolean;
}

/** The passkeys of a user. */
export interface Passkeys {
  /** Whether browsers can use passkeys at the URL of this portal. */
  available: boolean;
  /** Oldest first. */
  items: Passkey[];
}

/** The user's own passkeys. */
export async function listPasskeys({ ctx }: { ctx: Ctx }): Promise<Passkeys> {
  const { userId } = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const rows = await passkeysOf(ctx.db.read, userId);
  return {
    available: relyingPartyOf(ctx.settings.url) !== null,
    items: rows.map(({ id, name, createdAt, lastUsedAt, backedUp }) => ({
      id,
      name,
      createdAt: iso(createdAt),
      lastUsedAt: isoOrNull(lastUsedAt),
      synced: backedUp,
    })),
  };
}

/** What a browser needs to create a passkey. */
export interface PasskeySetup {
  options: Awaited<ReturnType<typeof registrationOptions>>;
  /** The sealed challenge, which comes back with the answer. */
  challenge: string;
}

/** Asks the browser for a new passkey. Throws `conflict` where browsers offer none, and above 20 passkeys. */
export async function startPasskey({ ctx }: { ctx: Ctx }): Promise<PasskeySetup> {
  const actor = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const rp = requireRelyingParty(ctx);
  const existing = await passkeysOf(ctx.db.read, actor.userId);
  enforceMaxPasskeys(existing.length);
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q
    .select({ id: users.id, email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, actor.userId));
  if (!user) throw notFound("account");
  const { bytes, sealed } = issueChallenge(ctx, challengeUse(actor));
  const { name: portal } = await readBrand(ctx);
  return {
    options: await registrationOptions({ rp, portal, challenge: bytes, user, existing }),
    challenge: sealed,
  };
}

function challengeUse({ session }: UserActor): ChallengeUse {
  if (!session) throw new DomainError("forbidden", "Sign in to the portal first.");
  return { purpose: "registration", holder: session.id };
}

function enforceMaxPasskeys(count: number): void {
  if (count < MAX_PASSKEYS) return;
  throw new DomainError("conflict", `You have ${MAX_PASSKEYS} passkeys. Remove one first.`);
}

/**
 * Adds the passkey that the browser created. With the user's first second factor come recovery codes, which are never
 * shown again; otherwise `recoveryCodes` is null and the earlier ones stay. Throws `invalid` for an answer that does not
 * fit, `conflict` above 20 passkeys, and `too-many` after wrong answers.
 */
export async function addPasskey({
  ctx,
  input,
}: Verb<AddPasskeyInput>): Promise<{ recoveryCodes: string[] | null }> {
  const actor = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const { userId, name: userName } = actor;
  const rp = requireRelyingParty(ctx);
  const use = challengeUse(actor);
  const subjects = subjectsOf(`factor setup of ${userId}`, actor.ipAddress);
  await startAttempt(ctx.db, subjects, ctx.now(), "wrong answers");
  const challenge = openChallenge(ctx, use, input.challenge);
  if (challenge === null) throw invalid("", WRONG_PASSKEY);
  if (!(await ctx.db.write((tx) => consumeChallenge(tx, challenge, ctx.now())))) {
    throw invalid("", WRONG_PASSKEY);
  }
  const passkey = await verifyRegistration(rp, challenge, input.answer);
  if (passkey === null) throw invalid("", WRONG_PASSKEY);
  const recoveryCodes = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, actor);
    enforceMaxPasskeys((await passkeysOf(tx, userId)).length);
    const isFirst = !(await hasSecondFactor(tx, userId));
    const { name } = input;
    const stored = await tx.q
      .insert(tx.t.passkeys)
      .values({ ...passkey, id: newId("passkey"), userId, name, createdAt: ctx.now(), lastUsedAt: null })
      .onConflictDoNothing()
      .returning({ id: tx.t.passkeys.id });
    // Someone else's, or added in another tab: an authenticator that chooses an id twice is none to rely on.
    if (stored.length === 0) throw invalid("", WRONG_PASSKEY);
    await resetAttempts(tx, subjects);
    await recordAudit(tx, ctx, {
      action: "user.passkey-added",
      subject: { id: userId, name: userName },
      after: { name, synced: passkey.backedUp },
    });
    return isFirst ? replaceRecoveryCodes(tx, userId, ctx.now()) : null;
  });
  await notifyUser(
    ctx,
    userId,
    `The passkey “${input.name}” was added to your account. It signs in without a password.`,
  );
  return { recoveryCodes };
}

/** Renames one of the user's own passkeys. Throws `not-found`. */
export async function renamePasskey({ ctx, input }: Verb<RenamePasskeyInput>): Promise<void> {
  const { userId, name: userName } = requireUser(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const { passkeys } = tx.t;
    const isOwn = and(eq(passkeys.id, input.passkeyId), eq(passkeys.userId, userId));
    const [before] = await tx.q.select({ name: passkeys.name }).from(passkeys).where(isOwn);
    if (!before) throw notFound("passkey");
    if (before.name === input.name) return;
    await tx.q.update(passkeys).set({ name: input.name }).where(isOwn);
    await recordAudit(tx, ctx, {
      action: "user.passkey-renamed",
      subject: { id: userId, name: userName },
      before: { name: before.name },
      after: { name: input.name },
    });
  });
}

/**
 * Removes one of the user's own passkeys; it no longer signs in. Recovery codes end with the last second factor. Throws
 * `not-found`, and `conflict` if a policy requires this last one.
 */
export async function removePasskey({ ctx, input }: Verb<PasskeyRef>): Promise<void> {
  const actor = requireUser(ctx);
  denyManagementTokens(ctx);
  const { userId } = actor;
  const removed = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, actor);
    const { passkeys } = tx.t;
    const [row] = await tx.q
      .delete(passkeys)
      .where(and(eq(passkeys.id, input.passkeyId), eq(passkeys.userId, userId)))
      .returning({ name: passkeys.name });
    if (!row) throw notFound("passkey");
    await requireFactorLeft(tx, actor);
    if (!(await hasSecondFactor(tx, userId))) await endRecoveryCodes(tx, userId);
    await recordAudit(tx, ctx, {
      action: "user.passkey-removed",
      subject: { id: userId, name: actor.name },
      before: { name: row.name },
    });
    return row;
  });
  await notifyUser(ctx, userId, `The passkey “${removed.name}” was removed from your account.`);
}
