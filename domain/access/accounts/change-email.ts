import { eq } from "drizzle-orm";
import { formatUtcTime } from "#core/format-utc.ts";
import { isUniqueViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import {
  type Ctx,
  denyManagementTokens,
  inBackground,
  ipAddressOf,
  type Mail,
  requireUser,
  trySendMail,
  type Verb,
} from "../../context.ts";
import { DomainError, invalid } from "../../errors.ts";
import {
  createEmailLink,
  createResetLink,
  endAccountLinks,
  endAllLinks,
  findAccountLink,
  mailAccountLink,
} from "./account-links.ts";
import { endPreparedAccess } from "./end-prepared-access.ts";
import { invalidLink } from "./links.ts";
import { countEmailChange } from "./mail-limits.ts";
import { endSessions } from "./my-sessions.ts";
import { requiredProvider } from "./required-provider.ts";
import type { ConfirmEmailInput, RequestEmailChangeInput } from "./schema.ts";
import { requireAllowed } from "./sign-up-policy.ts";
import { lockActiveUser, requireRecentConfirmation } from "./step-up.ts";
import { hasAccount } from "./users.ts";

/**
 * Mails a link to the user's new email address, and a notice to the current one. Nothing changes until the link is
 * opened and confirmed. The answer is the same if another account has the address: its user gets a mail that says so.
 * Requires a recent confirmation of identity. Throws `conflict` without a mail server, `forbidden` for an address that
 * the sign-up policy excludes and while the current one must use a provider, and `too-many` while the user or the
 * mailbox has had too many such mails.
 */
export async function requestEmailChange({ ctx, input }: Verb<RequestEmailChangeInput>): Promise<void> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  requireRecentConfirmation(ctx);
  if (ctx.sendMail === null) {
    throw new DomainError(
      "conflict",
      "This portal can't send email. Ask an administrator to change the address.",
    );
  }
  requireAllowed(ctx, input.email);
  const { link, current } = await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    const [row] = await tx.q.select().from(tx.t.users).where(eq(tx.t.users.id, user.userId));
    if (!row || row.email === input.email) throw invalid("email", "This is already your email address.");
    requireOwnEmail(ctx, row.email);
    await countEmailChange(tx, ctx, row.id, input.email);
    // Only the last link works, so that a mistyped address can be corrected.
    await endAccountLinks(tx, "email-change", row.id, ctx.now());
    await recordAudit(tx, ctx, { action: "user.email-change-requested", subject: row });
    return { link: await createEmailLink(tx, ctx, row, input.email), current: row.email };
  });
  await inBackground(ctx, "mail a change of email address", async () => {
    if (await hasAccount(ctx, input.email)) await mailEmailTaken(ctx, input.email);
    else await mailAccountLink(ctx, link.id, linkMail(input.email, link.url));
    await mailRequested(ctx, current, input.email);
  });
}

/**
 * Throws `forbidden` if the current address must use a provider: with another address, someone who lost their account
 * there could still sign in.
 */
function requireOwnEmail(ctx: Ctx, email: string): void {
  const provider = requiredProvider(ctx, email);
  if (provider === null) return;
  const message = `You sign in with ${provider.name}, so your email address can't be changed here.`;
  throw new DomainError("forbidden", message, { byRights: false });
}

/** What a link does if it is confirmed. */
export interface EmailChange {
  email: string;
  /** Whether everything that signs in to the account ends, because its address was never verified. */
  endsCredentials: boolean;
}

/** What a link does, for the user who asked for it; null for others and if it no longer works. */
export async function readEmailLink({ ctx, input }: Verb<{ token: string }>): Promise<EmailChange | null> {
  const { userId } = requireUser(ctx);
  const found = await findAccountLink(ctx.db.read, "email-change", input.token, ctx.now());
  if (found?.link.newEmail == null || found.user.id !== userId) return null;
  return { email: found.link.newEmail, endsCredentials: found.user.emailVerifiedAt === null };
}

/**
 * Changes the user's email address to that of the link, which verifies it. Only the user who asked for the link can
 * use it: someone who got it because of a mistyped address must not take over the account. Ends the other sessions
 * and all one-time links. If the old address was never verified, everything that someone else may have prepared ends
 * (`endPreparedAccess`), and a link to choose a password is mailed to the new address. Throws `not-found` for a link that no longer works or is another user's, and `conflict` if
 * another account has taken the address.
 */
export async function confirmEmailChange({
  ctx,
  input,
}: Verb<ConfirmEmailInput>): Promise<{ email: string }> {
  const actor = requireUser(ctx);
  denyManagementTokens(ctx);
  const changed = await ctx.db
    .write(async (tx) => {
      await lockActiveUser(tx, actor);
      const now = ctx.now();
      const found = await findAccountLink(tx, "email-change", input.token, now);
      if (found?.link.newEmail == null || found.user.id !== actor.userId) throw invalidLink();
      const { link, user } = found;
      const email = found.link.newEmail;
      const used = await endAccountLinks(tx, "email-change", user.id, now);
      // Used by someone else since it was read.
      if (!used.includes(link.id)) throw invalidLink();
      requireAllowed(ctx, email);
      requireOwnEmail(ctx, user.email);
      await setEmail(tx, user.id, email, now);
      const ended = await endOlderAccess(tx, ctx, user, actor.session?.id);
      await recordAudit(tx, ctx, {
        action: "user.email-changed",
        subject: user,
        before: { email: user.email },
        after: {
          email,
          verified: true,
          ...(ended && { credentialsEnded: true, managementTokensRevoked: ended.tokensRevoked }),
        },
      });
      const password = ended && (await createResetLink(tx, ctx, { id: user.id, email }, null));
      return { from: user.email, email, password };
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError("conflict", "Another account has this email address now.");
    });
  const { from, email, password } = changed;
  await mailEmailChanged(ctx, from, email);
  if (password) {
    await inBackground(ctx, "mail a link to choose a password", async () => {
      await mailAccountLink(ctx, password.id, choosePasswordMail(email, password.url));
    });
  }
  return { email };
}

/** Changes the address, which is verified at `verifiedAt` (epoch ms), or not if null. */
export async function setEmail(
  { q, t: { users } }: Tx,
  userId: string,
  email: string,
  verifiedAt: number | null,
): Promise<void> {
  await q.update(users).set({ email, emailVerifiedAt: verifiedAt }).where(eq(users.id, userId));
}

/** What ended besides other sessions and links; null if the old address was verified. */
async function endOlderAccess(
  tx: Tx,
  ctx: Ctx,
  user: { id: string; emailVerifiedAt: number | null },
  sessionId: string | undefined,
): Promise<{ tokensRevoked: number } | null> {
  if (user.emailVerifiedAt === null)
    return { tokensRevoked: await endPreparedAccess(tx, ctx, user.id, { sessionId }) };
  const now = ctx.now();
  await endSessions(tx, user.id, now, { except: sessionId });
  await endAllLinks(tx, user.id, now);
  return null;
}

function choosePasswordMail(to: string, url: string): Mail {
  return {
    to,
    kind: "password-reset",
    subject: "Choose a new password",
    text: `Your new email address is confirmed. Your earlier address was never verified, so someone else could have set up the account: its password, passkeys, authenticator app, linked providers and management tokens have ended.\n\nOpen this link to choose a new password. It works once, within 30 minutes:\n${url}\n\nLater, use “Forgot password?” on the sign-in page.\n`,
  };
}

function linkMail(to: string, url: string): Mail {
  return {
    to,
    kind: "email-change",
    subject: "Confirm your new email address",
    text: `You asked to use this email address for your account. Open this link in the browser in which you are signed in. It works once, within 30 minutes:\n${url}\n\nIf you did not ask for this, ignore this mail: nothing has changed.\n`,
  };
}

async function mailRequested(ctx: Ctx, to: string, email: string): Promise<void> {
  const text = `Someone, probably you, asked to change the email address of your account to ${email}. Nothing has changed yet.\n\nIf this was not you, sign in and change your password: this also ends the link that was mailed to the new address.\n${ctx.settings.url}/account\n`;
  await trySendMail(ctx, {
    to,
    kind: "email-change",
    subject: "Your email address is about to change",
    text,
  });
}

async function mailEmailTaken(ctx: Ctx, to: string): Promise<void> {
  const text = `Someone asked to use this email address for another account of the portal, but you already have an account with it. Nothing has changed.\n\nIf this was you, sign in with this address instead:\n${ctx.settings.url}/sign-in\n`;
  await trySendMail(ctx, { to, kind: "email-change", subject: "You already have an account", text });
}

/** The address is changed whether or not the mail can be sent. */
export async function mailEmailChanged(ctx: Ctx, to: string, email: string, byAdmin = false): Promise<void> {
  const from = ipAddressOf(ctx);
  const who = byAdmin
    ? "An administrator changed"
    : "You changed, or someone with access to your account changed,";
  const text = `${who} the email address of your account to ${email} at ${formatUtcTime(ctx.now())}${from === null || byAdmin ? "" : ` from ${from}`}. You sign in with the new address from now on.\n\nIf this was not you, ask an administrator for help.\n`;
  await inBackground(ctx, "mail about a new email address", async () => {
    await trySendMail(ctx, { to, kind: "email-changed", subject: "Your email address was changed", text });
  });
}
