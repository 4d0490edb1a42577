import { hashToken } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { countAttempt } from "../accounts/throttle.ts";

const MINUTE_MS = 60_000;
/** A large team may be invited at once, some people twice; nobody does that every hour. */
const INVITER = { free: 60, firstWaitMs: MINUTE_MS, longestWaitMs: 60 * MINUTE_MS };
/** From any inviter to any project: the recipients did not ask for these mails. */
const INVITED = { free: 5, firstWaitMs: 10 * MINUTE_MS, longestWaitMs: 360 * MINUTE_MS };

/** Counts a mailed invitation. Throws `too-many` while the inviter or the email address has to wait. */
export async function countInvitation(
  tx: Tx,
  inviterId: string,
  email: string,
  nowMs: number,
): Promise<void> {
  const inviter = { id: hashToken(`inviter:${inviterId}`), pace: INVITER };
  await countAttempt(tx, [inviter], nowMs, "invitations");
  const invited = { id: hashToken(`invited:${email}`), pace: INVITED };
  await countAttempt(tx, [invited], nowMs, `invitations to ${email}`);
}
