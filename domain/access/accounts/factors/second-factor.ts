import { and, count, eq, isNotNull, isNull, lt, notExists, type SQL } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { hashToken, randomBase32 } from "#core/tokens.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import type { Ctx, Sealer } from "../../../context.ts";
import { recordFactorUnreadable } from "../../security/record.ts";

/** RFC 6238 with the parameters that every authenticator app supports: SHA-1, 6 digits, 30 seconds. */
const PERIOD_SECONDS = 30;
const DIGITS = 6;
const TOTP_CODE = /^\d{6}$/;
const RECOVERY_CODES = 10;
/** 120 random bits, so that SHA-256 is the right hash. Codes of earlier versions have 80. */
const RECOVERY_CODE_LENGTH = 24;

/** What completed a sign-in or confirmed an identity. */
export type FactorKind = "authenticator" | "recovery-code" | "passkey";

/** The sealing context of a user's TOTP secret. */
export const totpSealing = (userId: string) => `totp:${userId}`;

/** Seals a TOTP secret. Throws if there is no sealer, as in the CLI. */
export function factorSealer({ sealer }: Pick<Ctx, "sealer">): Sealer {
  if (sealer === null) throw new Error("second factors can only be used in the portal");
  return sealer;
}

/** The authenticator app of a secret (base32), as its URI describes it. */
export function authenticatorOf(secret: string, label: { issuer: string; account: string }): TOTP {
  return new TOTP({
    issuer: label.issuer,
    label: label.account,
    algorithm: "SHA1",
    digits: DIGITS,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}

/** The second factors of a user, besides recovery codes. */
export interface Factors {
  /** Whether an authenticator app is set up. */
  app: boolean;
  /** The number of passkeys. */
  passkeys: number;
}

/** The user's second factors, any of which sign-in asks for. */
export async function readFactors(
  { q, t: { passkeys, totpFactors } }: Scope,
  userId: string,
): Promise<Factors> {
  const active = and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt));
  return {
    app: (await q.$count(totpFactors, active)) > 0,
    passkeys: await q.$count(passkeys, eq(passkeys.userId, userId)),
  };
}

/** Whether the user has a second factor, so that sign-in with another one asks for it. */
export async function hasSecondFactor(scope: Scope, userId: string): Promise<boolean> {
  const { app, passkeys } = await readFactors(scope, userId);
  return app || passkeys > 0;
}

/** Matches users who can sign in and have no second factor, in a query of `users`. */
export function lacksSecondFactor({ q, t: { passkeys, totpFactors, users } }: Scope): SQL | undefined {
  const app = q
    .select({ userId: totpFactors.userId })
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, users.id), isNotNull(totpFactors.confirmedAt)));
  const passkey = q.select({ userId: passkeys.userId }).from(passkeys).where(eq(passkeys.userId, users.id));
  return and(isNull(users.disabledAt), notExists(app), notExists(passkey));
}

/**
 * The time step of a valid TOTP code; null if it is wrong. Accepts the step before and after, for clocks that are off
 * by up to 30 s.
 */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  if (!TOTP_CODE.test(code)) return null;
  const delta = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: DIGITS,
    period: PERIOD_SECONDS,
    timestamp: nowMs,
    window: 1,
  });
  return delta === null ? null : TOTP.counter({ period: PERIOD_SECONDS, timestamp: nowMs }) + delta;
}

/** Without the spaces and hyphens that apps and people write into codes. */
const plainCode = (code: string) => code.replace(/[\s-]/g, "").toLowerCase();

/**
 * Consumes a code of the authenticator app or a recovery code. Each is accepted once, also of two that are sent at the
 * same time. Returns null for any other.
 */
export async function consumeCode(
  tx: Tx,
  ctx: Ctx,
  userId: string,
  typed: string,
): Promise<FactorKind | null> {
  const code = plainCode(typed);
  if (await consumeTotp(tx, ctx, userId, code)) return "authenticator";
  const { recoveryCodes } = tx.t;
  const used = await tx.q
    .update(recoveryCodes)
    .set({ usedAt: ctx.now() })
    .where(
      and(
        eq(recoveryCodes.hash, hashToken(code)),
        eq(recoveryCodes.userId, userId),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ hash: recoveryCodes.hash });
  return used.length > 0 ? "recovery-code" : null;
}

async function consumeTotp(tx: Tx, ctx: Ctx, userId: string, code: string): Promise<boolean> {
  if (!TOTP_CODE.test(code)) return false;
  const { totpFactors, users } = tx.t;
  const [factor] = await tx.q
    .select({ sealedSecret: totpFactors.sealedSecret, user: { id: users.id, name: users.name } })
    .from(totpFactors)
    .innerJoin(users, eq(users.id, totpFactors.userId))
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)));
  if (!factor) return false;
  const secret = openSecret(ctx, factor);
  if (secret === null) return false;
  const step = stepOf(secret, code, ctx.now());
  if (step === null) return false;
  const used = await tx.q
    .update(totpFactors)
    .set({ lastStep: step })
    .where(and(eq(totpFactors.userId, userId), lt(totpFactors.lastStep, step)))
    .returning({ userId: totpFactors.userId });
  return used.length > 0;
}

/** Null, and recorded, if no accepted secret of the deployment opens it. */
function openSecret(
  ctx: Ctx,
  { user, sealedSecret }: { user: { id: string; name: string }; sealedSecret: string },
): string | null {
  const sealer = factorSealer(ctx);
  try {
    return sealer.unseal(sealedSecret, totpSealing(user.id));
  } catch {
    recordFactorUnreadable(ctx, user);
    return null;
  }
}

/**
 * Seals the secrets of authenticator apps with the current secret of the deployment, where an accepted one sealed
 * them. Returns how many; a secret that nothing opens is left, and its user needs a recovery code or a reset.
 */
export async function resealFactors(db: Db, sealer: Sealer): Promise<number> {
  const { totpFactors } = db.read.t;
  const rows = await db.read.q
    .select({ userId: totpFactors.userId, sealedSecret: totpFactors.sealedSecret })
    .from(totpFactors);
  let resealed = 0;
  for (const { userId, sealedSecret } of rows) {
    const current = tryReseal(sealer, userId, sealedSecret);
    if (current === null) continue;
    await db.write(({ q }) =>
      q
        .update(totpFactors)
        .set({ sealedSecret: current })
        .where(and(eq(totpFactors.userId, userId), eq(totpFactors.sealedSecret, sealedSecret))),
    );
    resealed++;
  }
  return resealed;
}

function tryReseal(sealer: Sealer, userId: string, sealed: string): string | null {
  try {
    return sealer.reseal(sealed, totpSealing(userId));
  } catch {
    return null;
  }
}

/** Replaces the user's recovery codes. Returns the new ones, which are stored only as hashes. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, nowMs: number): Promise<string[]> {
  const { recoveryCodes } = tx.t;
  await tx.q.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomBase32(RECOVERY_CODE_LENGTH));
  await tx.q
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ hash: hashToken(code), userId, createdAt: nowMs })));
  return codes.map((code) => code.match(/.{4}/g)?.join("-") ?? code);
}

/** How many recovery codes the user has left. */
export async function countRecoveryCodes(
  { q, t: { recoveryCodes } }: Scope,
  userId: string,
): Promise<number> {
  const [row] = await q
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}

/** Removes the user's second factors, recovery codes and unfinished sign-ins. Returns whether there was a factor. */
export async function removeSecondFactors(tx: Tx, userId: string): Promise<boolean> {
  const { passkeys, totpFactors } = tx.t;
  const had = await hasSecondFactor(tx, userId);
  await tx.q.delete(totpFactors).where(eq(totpFactors.userId, userId));
  await tx.q.delete(passkeys).where(eq(passkeys.userId, userId));
  await endRecoveryCodes(tx, userId);
  return had;
}

/** Ends the user's recovery codes and unfinished sign-ins, which make no sense without a second factor. */
export async function endRecoveryCodes(tx: Tx, userId: string): Promise<void> {
  const { pendingSignIns, recoveryCodes } = tx.t;
  await tx.q.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.q.delete(pendingSignIns).where(eq(pendingSignIns.userId, userId));
}
