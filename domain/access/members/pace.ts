import { hashToken } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { countAttempt } from "../accounts/throttle.ts";

const MINUTE_MS = 60_000;
/** A large team may be invited in one go, some of them twice; nobody does that every hour. */
const INVITER = { free: 60, firstWaitMs: MINUTE_MS, longestWaitMs: 60 * MINUTE_MS };
/** From whomever and to whichever projects: who gets these mails did not ask for them. */
const INVITED = { free: 5, firstWaitMs: 10 * MINUTE_MS, longestWaitMs: 360 * MINUTE_MS };

/** Counts an invitation that is mailed. Throws `too-many` while who sends it, or the address, has to wait. */
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
