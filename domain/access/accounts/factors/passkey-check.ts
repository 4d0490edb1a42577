import { and, asc, eq } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "../../../context.ts";
import { DomainError } from "../../../errors.ts";
import { type ChallengeUse, consumeChallenge, issueChallenge, openChallenge } from "./challenge.ts";
import type { AnsweredChallenge } from "./passkey-schema.ts";
import {
  authenticationOptions,
  type PasskeyState,
  type RelyingParty,
  relyingPartyOf,
  verifyAuthentication,
} from "./webauthn.ts";

type PasskeyRow = Tables["passkeys"]["$inferSelect"];

/** One message for every passkey that is not accepted, so that it reveals nothing. */
export const WRONG_PASSKEY = "This passkey was not accepted. Try again, or use another way.";

/** Why a passkey was not accepted, and whose it is if that is known. For the log. */
export interface PasskeyRejection {
  rejected: "challenge" | "unknown-passkey" | "counter" | "rejected";
  account: { id: string; name: string } | null;
}

/** What a browser needs to sign a challenge with a passkey. */
export interface PasskeyRequest {
  options: Awaited<ReturnType<typeof authenticationOptions>>;
  /** The sealed challenge, which comes back with the answer. */
  challenge: string;
}

/** The relying party. Throws `conflict` where no browser offers passkeys. */
export function requireRelyingParty({ settings }: Ctx): RelyingParty {
  const rp = relyingPartyOf(settings.url);
  if (rp === null) {
    throw new DomainError("conflict", "Passkeys need a portal with a host name and HTTPS.");
  }
  return rp;
}

/** The passkeys of a user, oldest first. */
export function passkeysOf({ q, t: { passkeys } }: Scope, userId: string): Promise<PasskeyRow[]> {
  return q
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
}

/** Asks for a passkey of the user, or for any that the browser knows. */
export async function requestPasskey(
  ctx: Ctx,
  use: ChallengeUse,
  userId: string | null,
): Promise<PasskeyRequest> {
  const rp = requireRelyingParty(ctx);
  const { bytes, sealed } = issueChallenge(ctx, use);
  const passkeys = userId === null ? [] : await passkeysOf(ctx.db.read, userId);
  return { options: await authenticationOptions(rp, bytes, passkeys), challenge: sealed };
}

/** A passkey whose answer is right, to be accepted in the transaction that depends on it. */
export interface VerifiedPasskey {
  account: { id: string; name: string };
  passkey: PasskeyRow;
  state: PasskeyState;
}

/**
 * Checks the answer to a challenge, which cannot be answered again, whatever the result. Count the attempt first.
 * `userId`: whose passkey it must be; null for anyone's, who is then in `passkey`.
 */
export async function checkPasskey(
  ctx: Ctx,
  use: ChallengeUse,
  { challenge: sealed, answer }: AnsweredChallenge,
  userId: string | null,
): Promise<VerifiedPasskey | PasskeyRejection> {
  const rp = requireRelyingParty(ctx);
  const challenge = openChallenge(ctx, use, sealed);
  if (challenge === null) return { rejected: "challenge", account: null };
  const isFirst = await ctx.db.write((tx) => consumeChallenge(tx, challenge, ctx.now()));
  if (!isFirst) return { rejected: "challenge", account: null };
  const { passkeys, users } = ctx.db.read.t;
  const [found] = await ctx.db.read.q
    .select({ passkey: passkeys, account: { id: users.id, name: users.name } })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.credentialId, answer.id));
  if (!found || (userId !== null && found.account.id !== userId)) {
    return { rejected: "unknown-passkey", account: null };
  }
  const { passkey, account } = found;
  const { userHandle } = answer.response;
  // Authenticators send it for passkeys that they find themselves, and it must name the passkey's owner.
  const isOwner = userHandle === undefined ? userId !== null : textOf(userHandle) === account.id;
  const state = isOwner ? await verifyAuthentication(rp, challenge, answer, passkey) : "rejected";
  return typeof state === "string" ? { rejected: state, account } : { account, passkey, state };
}

const textOf = (handle: string) => Buffer.from(handle, "base64url").toString();

/**
 * Stores the state of a verified passkey. Returns false if it was removed or used with another state since it was
 * checked.
 */
export async function acceptPasskey(
  tx: Tx,
  { passkey, state }: Pick<VerifiedPasskey, "passkey" | "state">,
  nowMs: number,
): Promise<boolean> {
  const { passkeys } = tx.t;
  const accepted = await tx.q
    .update(passkeys)
    .set({ ...state, lastUsedAt: nowMs })
    .where(and(eq(passkeys.id, passkey.id), eq(passkeys.counter, passkey.counter)))
    .returning({ id: passkeys.id });
  return accepted.length > 0;
}
