import { randomBytes } from "node:crypto";
import { lt } from "drizzle-orm";
import { z } from "zod";
import { HOUR_MS, MINUTE_MS } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import type { Ctx } from "../../../context.ts";
import { factorSealer } from "./second-factor.ts";

/** How long a browser may take to answer. Browsers get the same timeout. */
export const CHALLENGE_MS = 5 * MINUTE_MS;
/** Longer than a challenge lives, also with clocks that differ. */
const REMEMBER_USED_MS = HOUR_MS;
const CHALLENGE_BYTES = 32;

/**
 * What a challenge is for and who may answer it, such as one session. It is part of the seal, so that no challenge can
 * be used for anything else or in another browser.
 */
export interface ChallengeUse {
  purpose: "sign-in" | "second-factor" | "confirmation" | "registration";
  /** The session's id, or the token of the browser or of the unfinished sign-in. */
  holder: string;
}

/** A new challenge, and the same sealed: the browser returns the seal with its answer. Nothing is stored. */
export function issueChallenge(
  ctx: Ctx,
  use: ChallengeUse,
): { bytes: Uint8Array<ArrayBuffer>; sealed: string } {
  const bytes = new Uint8Array(randomBytes(CHALLENGE_BYTES));
  const challenge = Buffer.from(bytes).toString("base64url");
  const text = JSON.stringify({ challenge, expiresAt: ctx.now() + CHALLENGE_MS });
  return { bytes, sealed: factorSealer(ctx).seal(text, sealingOf(use)) };
}

const sealedSchema = z.strictObject({ challenge: z.string(), expiresAt: z.number() });

/** The challenge in a seal, base64url; null if it has expired or was sealed for another use. */
export function openChallenge(ctx: Ctx, use: ChallengeUse, sealed: string): string | null {
  try {
    const text = factorSealer(ctx).unseal(sealed, sealingOf(use));
    const { challenge, expiresAt } = sealedSchema.parse(JSON.parse(text));
    return ctx.now() < expiresAt ? challenge : null;
  } catch {
    return null;
  }
}

/** Hashed, because the holder may be a secret token. */
const sealingOf = ({ purpose, holder }: ChallengeUse) => `passkey ${purpose}: ${hashToken(holder)}`;

/** Notes that the challenge was answered. Returns false if it had been answered before. */
export async function consumeChallenge(tx: Tx, challenge: string, nowMs: number): Promise<boolean> {
  const { usedChallenges } = tx.t;
  await tx.q.delete(usedChallenges).where(lt(usedChallenges.expiresAt, nowMs));
  const noted = await tx.q
    .insert(usedChallenges)
    .values({ hash: hashToken(challenge), expiresAt: nowMs + REMEMBER_USED_MS })
    .onConflictDoNothing()
    .returning({ hash: usedChallenges.hash });
  return noted.length > 0;
}
