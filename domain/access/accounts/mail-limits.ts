import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { type Ctx, ipAddressOf } from "../../context.ts";
import { clientKey, countAttempt, countInHour } from "./throttle.ts";

/** The recipients may not have asked for these mails: after three, the wait doubles from one hour to a day. */
const PER_MAILBOX = { free: 3, firstWaitMs: HOUR_MS, longestWaitMs: DAY_MS };
/** A whole office may share one IP address. */
const PER_CALLER = { free: 10, firstWaitMs: 10 * MINUTE_MS, longestWaitMs: 6 * HOUR_MS };
/** Longer waits would let a stranger keep the owner from getting a link. */
const PER_RESET = { free: 5, firstWaitMs: MINUTE_MS, longestWaitMs: 15 * MINUTE_MS };
/** From all networks. Larger, so that one stranger does not use it up for the owner. */
const PER_RESET_EMAIL = { ...PER_RESET, free: 20 };
const WHAT = "mails were asked for";

/**
 * Counts a mail that a visitor requests for `email`: per mailbox, per client IP address, and in total
 * (`signUpMailsPerHour`). Throws `too-many` above any of these limits. The answer never depends on whether the email
 * address has an account.
 */
export async function countVisitorMail(tx: Tx, ctx: Ctx, email: string): Promise<void> {
  const now = ctx.now();
  const ipAddress = ipAddressOf(ctx);
  if (ipAddress !== null) {
    await countAttempt(
      tx,
      [{ id: hashToken(`mail from:${clientKey(ipAddress)}`), pace: PER_CALLER }],
      now,
      WHAT,
    );
  }
  await countUserMail(tx, ctx, email);
  await countInHour(tx, WHAT, ctx.settings.signUpMailsPerHour, now);
}

/**
 * Counts a password reset that a visitor requests for `email`: per email address, per email address and network, and
 * per network. The answer must not depend on the account, not even on where it was used. Throws `too-many` above the
 * limits.
 */
export async function countResetMail(ctx: Ctx, email: string): Promise<void> {
  const now = ctx.now();
  const ipAddress = ipAddressOf(ctx);
  const subjects = [{ id: hashToken(`reset of:${email}`), pace: PER_RESET_EMAIL }];
  if (ipAddress !== null) {
    const network = clientKey(ipAddress);
    subjects.push(
      { id: hashToken(`reset of:${email} from:${network}`), pace: PER_RESET },
      { id: hashToken(`reset from:${network}`), pace: PER_CALLER },
    );
  }
  await ctx.db.write((tx) => countAttempt(tx, subjects, now, "password resets were asked for"));
}

/** Counts a mail that a user requests for `email`. Throws `too-many` while the mailbox has to wait. */
export async function countUserMail(tx: Tx, ctx: Ctx, email: string): Promise<void> {
  const mailbox = { id: hashToken(`mail to:${mailboxOf(email)}`), pace: PER_MAILBOX };
  await countAttempt(tx, [mailbox], ctx.now(), WHAT);
}

/** A user corrects a mistyped address a few times. */
const PER_EMAIL_CHANGE = { free: 5, firstWaitMs: 10 * MINUTE_MS, longestWaitMs: 6 * HOUR_MS };

/**
 * Counts the mail for a change of a user's email address to `email`: per user, so that nobody mails many strangers, and
 * per mailbox. Throws `too-many` above either limit.
 */
export async function countEmailChange(tx: Tx, ctx: Ctx, userId: string, email: string): Promise<void> {
  const user = { id: hashToken(`email change of:${userId}`), pace: PER_EMAIL_CHANGE };
  await countAttempt(tx, [user], ctx.now(), WHAT);
  await countUserMail(tx, ctx, email);
}

/** Most mail servers deliver tagged addresses (`ada+1@example.com`) to one mailbox. */
function mailboxOf(email: string): string {
  return email.replace(/\+[^@]*@/, "@");
}
