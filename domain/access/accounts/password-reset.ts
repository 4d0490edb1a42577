import { and, eq, isNull } from "drizzle-orm";
import { formatUtcTime } from "#core/format-utc.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, inBackground, ipAddressOf, type Mail, trySendMail, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { createResetLink, endAccountLinks, findAccountLink, mailAccountLink } from "./account-links.ts";
import { endPreparedAccess } from "./end-prepared-access.ts";
import { readFactors } from "./factors/second-factor.ts";
import { hashPassword } from "./hash.ts";
import { invalidLink } from "./links.ts";
import { countResetMail } from "./mail-limits.ts";
import { endAllCredentials } from "./my-sessions.ts";
import { requiredProvider, requirePasswordAllowed } from "./required-provider.ts";
import type { RequestPasswordResetInput, ResetPasswordInput } from "./schema.ts";
import { requireStrongPassword } from "./weak-password.ts";

/**
 * Mails a link to choose a new password, if there is an account with this email address. The answer and its duration
 * are the same if there is none: everything that depends on the account happens in the background. Throws `conflict`
 * without a mail server, and `too-many` above the limits per account and per IP address.
 */
export async function requestPasswordReset({
  ctx,
  input: { email },
}: Verb<RequestPasswordResetInput>): Promise<void> {
  if (ctx.sendMail === null) {
    throw new DomainError("conflict", "This portal can't send email. Ask an administrator for a link.");
  }
  await countResetMail(ctx, email);
  await inBackground(ctx, "mail a password reset", () => mailReset(ctx, email));
}

async function mailReset(ctx: Ctx, email: string): Promise<void> {
  const { identities, users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q
    .select()
    .from(users)
    .where(and(eq(users.email, email), isNull(users.disabledAt)));
  if (!user) return;
  const isProviderOnly =
    requiredProvider(ctx, email) !== null ||
    (user.passwordHash === null &&
      (await ctx.db.read.q.$count(identities, eq(identities.userId, user.id))) > 0);
  // Someone who lost their account at the provider must not get in by email instead.
  if (isProviderOnly) return ctx.sendMail?.(providerMail(email, ctx.settings.url));
  const link = await ctx.db.write(async (tx) => {
    await recordAudit(tx, ctx, { action: "user.reset-link-requested", subject: user });
    return createResetLink(tx, ctx, user, null);
  });
  await mailAccountLink(ctx, link.id, resetMail(email, link.url));
}

/** The mail with a link to choose a new password. */
export function resetMail(to: string, url: string, byAdmin = false): Mail {
  const who = byAdmin ? "An administrator sent you this link" : "Someone, probably you, asked for this link";
  return {
    to,
    kind: "password-reset",
    subject: "Reset your password",
    text: `${who} to choose a new password for your account. It works once, within 30 minutes:\n${url}\n\nA new password signs you out everywhere and revokes your management tokens. If you did not ask for this, ignore this mail: nothing has changed.\n`,
  };
}

function providerMail(to: string, portalUrl: string): Mail {
  return {
    to,
    kind: "password-reset",
    subject: "You have no password to reset",
    text: `Someone, probably you, asked to reset the password of this account. It has no password: sign in with the button of your provider.\n${portalUrl}/sign-in\n`,
  };
}

/** Whose password a link resets; null if it no longer works. Reading does not use it up. */
export async function readResetLink({
  ctx,
  input,
}: Verb<{ token: string }>): Promise<{ email: string } | null> {
  const found = await findAccountLink(ctx.db.read, "password-reset", input.token, ctx.now());
  return found && { email: found.user.email };
}

/** What a password reset ended, besides all sessions. */
export interface PasswordReset {
  email: string;
  tokensRevoked: number;
  /** The number of passkeys, which still sign in. */
  passkeys: number;
}

/**
 * Sets a new password for the holder of the link, ends all sessions and other links of the account, and revokes its
 * management tokens. Second factors stay. A mailed link also verifies the email address; if it was not verified before, linked providers,
 * the second factor and open invitations end too, because someone else may have prepared the account. Throws `not-found` for a link that
 * no longer works, `forbidden` for an address that must use a provider, and `invalid` for a weak password.
 */
export async function resetPassword({ ctx, input }: Verb<ResetPasswordInput>): Promise<PasswordReset> {
  const { token, password } = input;
  const find = async (scope: Parameters<typeof findAccountLink>[0]) => {
    const found = await findAccountLink(scope, "password-reset", token, ctx.now());
    if (found === null) throw invalidLink();
    requirePasswordAllowed(ctx, found.user.email);
    return found;
  };
  // Checked before the slow hash, so that visitors can't use it to keep the CPU busy.
  await requireStrongPassword(ctx, password, (await find(ctx.db.read)).user);
  const passwordHash = await hashPassword(password);
  const reset = await ctx.db.write(async (tx) => {
    const { link, user } = await find(tx);
    const now = ctx.now();
    const ended = await endAccountLinks(tx, "password-reset", user.id, now);
    // Used by someone else since it was read.
    if (!ended.includes(link.id)) throw invalidLink();
    const isMailed = link.mailedAt !== null;
    const tokensRevoked =
      isMailed && user.emailVerifiedAt === null
        ? await endPreparedAccess(tx, ctx, user.id)
        : await endAllCredentials(tx, user.id, now);
    const { users } = tx.t;
    await tx.q
      .update(users)
      .set({ passwordHash, ...(isMailed && { emailVerifiedAt: user.emailVerifiedAt ?? now }) })
      .where(eq(users.id, user.id));
    await recordAudit(tx, ctx, {
      action: "user.password-reset",
      subject: user,
      after: { managementTokensRevoked: tokensRevoked, mailed: isMailed },
    });
    const { passkeys } = await readFactors(tx, user.id);
    return { email: user.email, tokensRevoked, passkeys };
  });
  await inBackground(ctx, "mail about a password reset", () => mailPasswordChanged(ctx, reset));
  return reset;
}

/** The password is changed whether or not the mail can be sent. */
async function mailPasswordChanged(
  ctx: Ctx,
  { email, tokensRevoked, passkeys }: PasswordReset,
): Promise<void> {
  const from = ipAddressOf(ctx);
  const tokens =
    tokensRevoked === 0
      ? ""
      : ` ${tokensRevoked} of your management tokens were revoked; create new ones for your scripts.`;
  const keys =
    passkeys === 0
      ? ""
      : ` Your passkeys (${passkeys}) still sign in: under Account, remove those that you don't know.`;
  const mail: Mail = {
    to: email,
    kind: "password-changed",
    subject: "Your password was changed",
    text: `The password of your account was reset with a one-time link at ${formatUtcTime(ctx.now())}${from === null ? "" : ` from ${from}`}. You are signed out everywhere.${tokens}${keys}\n\nIf this was not you, ask an administrator for help, and reset your password:\n${ctx.settings.url}/forgot-password\n`,
  };
  await trySendMail(ctx, mail);
}
