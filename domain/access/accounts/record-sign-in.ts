import type { Tx } from "#db/open.ts";
import type { Ctx } from "../../context.ts";
import { startPendingSignIn } from "./factors/pending-sign-in.ts";
import { hasSecondFactor } from "./factors/second-factor.ts";
import {
  type AuthenticatedUser,
  recordSession,
  type SignedIn,
  type SignInDetails,
} from "./record-session.ts";

/**
 * Signs in a user whose first factor was right: creates the session and records the sign-in, or waits for the second
 * factor if the user has one.
 */
export async function recordSignIn(
  tx: Tx,
  ctx: Ctx,
  user: AuthenticatedUser,
  details: SignInDetails,
): Promise<SignedIn> {
  if (!(await hasSecondFactor(tx, user.id))) return recordSession(tx, ctx, user, details);
  const sessionToken = await startPendingSignIn(tx, ctx, user.id, details);
  return { userId: user.id, name: user.name, email: user.email, sessionToken };
}
