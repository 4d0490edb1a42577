import { and, eq, isNull } from "drizzle-orm";
import { encode } from "uqr";
import { isoOrNull } from "#core/time.ts";
import { randomBase32 } from "#core/tokens.ts";
import { recordAudit } from "../../../audit/record.ts";
import { readBrand } from "../../../branding/read.ts";
import { type Ctx, denyManagementTokens, requireSignedIn, requireUser, type Verb } from "../../../context.ts";
import { DomainError, invalid, notFound } from "../../../errors.ts";
import type { ConfirmTotpInput } from "../schema.ts";
import { lockActiveUser } from "../step-up.ts";
import { resetAttempts, startAttempt, subjectsOf } from "../throttle.ts";
import { notifyUser } from "./notify-user.ts";
import { requireFactorLeft } from "./policy.ts";
import {
  authenticatorOf,
  countRecoveryCodes,
  endRecoveryCodes,
  factorSealer,
  hasSecondFactor,
  replaceRecoveryCodes,
  stepOf,
  totpSealing,
} from "./second-factor.ts";

/** 160 bits, as RFC 4226 recommends. */
const SECRET_LENGTH = 32;

/** The user's authenticator app and recovery codes, as their owner sees them. */
export interface SecondFactor {
  /** When the authenticator app was set up; null if there is none. */
  since: string | null;
  recoveryCodesLeft: number;
}

/** The user's own authenticator app and recovery codes. */
export async function getSecondFactor({ ctx }: { ctx: Ctx }): Promise<SecondFactor> {
  const { userId } = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const { q, t } = ctx.db.read;
  const [factor] = await q.select().from(t.totpFactors).where(eq(t.totpFactors.userId, userId));
  return {
    since: isoOrNull(factor?.confirmedAt ?? null),
    recoveryCodesLeft: await countRecoveryCodes(ctx.db.read, userId),
  };
}

/** What an authenticator app needs: as text, as a URI, and the URI as a QR code. */
export interface TotpSetup {
  /** Base32. */
  secret: string;
  uri: string;
  /** The dark modules of the QR code as an SVG path in a square of `size`. */
  qr: { path: string; size: number };
}

/**
 * Creates a secret for an authenticator app. Sign-in does not ask for it until `confirmTotp`. Throws `conflict` if the
 * user has an authenticator app.
 */
export async function startTotp({ ctx }: { ctx: Ctx }): Promise<TotpSetup> {
  const actor = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const { userId } = actor;
  const secret = randomBase32(SECRET_LENGTH).toUpperCase();
  const sealedSecret = factorSealer(ctx).seal(secret, totpSealing(userId));
  const email = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, actor);
    const { totpFactors, users } = tx.t;
    const row = { userId, sealedSecret, createdAt: ctx.now(), confirmedAt: null, lastStep: 0 };
    const stored = await tx.q
      .insert(totpFactors)
      .values(row)
      .onConflictDoUpdate({ target: totpFactors.userId, set: row, setWhere: isNull(totpFactors.confirmedAt) })
      .returning({ userId: totpFactors.userId });
    if (stored.length === 0)
      throw new DomainError("conflict", "You have already set up an authenticator app.");
    const [user] = await tx.q.select({ email: users.email }).from(users).where(eq(users.id, userId));
    if (!user) throw notFound("account");
    return user.email;
  });
  const uri = authenticatorOf(secret, { issuer: await issuerOf(ctx), account: email }).toString();
  return { secret, uri, qr: qrOf(uri) };
}

/** What an app shows next to the account. A colon would end it there. */
async function issuerOf(ctx: Ctx): Promise<string> {
  const { name } = await readBrand(ctx);
  return `${name} (${new URL(ctx.settings.url).host})`.replaceAll(":", " ");
}

function qrOf(text: string): TotpSetup["qr"] {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return { path, size };
}

/**
 * Proves that the authenticator app works: from now on, sign-in asks for a code. With the user's first second factor
 * come recovery codes, which are never shown again; otherwise `recoveryCodes` is null and the earlier ones stay. Throws
 * `invalid` at `code`, and `too-many` after wrong ones.
 */
export async function confirmTotp({
  ctx,
  input,
}: Verb<ConfirmTotpInput>): Promise<{ recoveryCodes: string[] | null }> {
  const actor = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const { userId, name } = actor;
  const subjects = subjectsOf(`factor setup of ${userId}`, actor.ipAddress);
  await startAttempt(ctx.db, subjects, ctx.now(), "wrong codes");
  const recoveryCodes = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, actor);
    const { totpFactors } = tx.t;
    const isOpen = and(eq(totpFactors.userId, userId), isNull(totpFactors.confirmedAt));
    const [factor] = await tx.q.select().from(totpFactors).where(isOpen);
    if (!factor) throw new DomainError("conflict", "Start the setup again.");
    const secret = factorSealer(ctx).unseal(factor.sealedSecret, totpSealing(userId));
    const step = stepOf(secret, input.code.replace(/\s/g, ""), ctx.now());
    if (step === null) {
      throw invalid("code", "This code is wrong. Check the clock of your phone, and use the code shown now.");
    }
    const isFirst = !(await hasSecondFactor(tx, userId));
    await tx.q.update(totpFactors).set({ confirmedAt: ctx.now(), lastStep: step }).where(isOpen);
    await resetAttempts(tx, subjects);
    await recordAudit(tx, ctx, { action: "user.second-factor-added", subject: { id: userId, name } });
    return isFirst ? replaceRecoveryCodes(tx, userId, ctx.now()) : null;
  });
  await notifyUser(
    ctx,
    userId,
    "An authenticator app was added to your account. Sign-in asks for its codes.",
  );
  return { recoveryCodes };
}

/** Creates new recovery codes; the earlier ones end. Throws `conflict` without a second factor. */
export async function createRecoveryCodes({ ctx }: { ctx: Ctx }): Promise<{ recoveryCodes: string[] }> {
  const actor = requireUser(ctx);
  denyManagementTokens(ctx);
  const { userId, name } = actor;
  const recoveryCodes = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, actor);
    if (!(await hasSecondFactor(tx, userId))) {
      throw new DomainError("conflict", "Set up a passkey or an authenticator app first.");
    }
    await recordAudit(tx, ctx, { action: "user.recovery-codes-replaced", subject: { id: userId, name } });
    return replaceRecoveryCodes(tx, userId, ctx.now());
  });
  await notifyUser(ctx, userId, "New recovery codes were created for your account. The earlier ones ended.");
  return { recoveryCodes };
}

/**
 * Removes the user's own authenticator app. Recovery codes end with the last second factor; sign-in asks only for the
 * password then. Throws `conflict` if a policy requires this last one.
 */
export async function removeTotp({ ctx }: { ctx: Ctx }): Promise<void> {
  const actor = requireUser(ctx);
  denyManagementTokens(ctx);
  const { userId, name } = actor;
  const removed = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, actor);
    const { totpFactors } = tx.t;
    const rows = await tx.q
      .delete(totpFactors)
      .where(eq(totpFactors.userId, userId))
      .returning({ confirmedAt: totpFactors.confirmedAt });
    if (!rows.some(({ confirmedAt }) => confirmedAt !== null)) return false;
    await requireFactorLeft(tx, actor);
    if (!(await hasSecondFactor(tx, userId))) await endRecoveryCodes(tx, userId);
    await recordAudit(tx, ctx, { action: "user.second-factor-removed", subject: { id: userId, name } });
    return true;
  });
  if (removed) await notifyUser(ctx, userId, "The authenticator app was removed from your account.");
}
