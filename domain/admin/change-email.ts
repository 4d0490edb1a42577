import { isUniqueViolation } from "#db/errors.ts";
import { endAllLinks } from "../access/accounts/account-links.ts";
import { mailEmailChanged, setEmail } from "../access/accounts/change-email.ts";
import { recordAudit } from "../audit/record.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { invalid } from "../errors.ts";
import type { SetUserEmailInput, User } from "./schema.ts";
import { lockUser, readUser } from "./users.ts";

/**
 * Changes a user's email address, where the portal can't mail them a link or they can't open it. The address is not
 * verified, because nothing was mailed to it. Open one-time links of the account end, and the old address gets a
 * notice if there is a mail server. Administrators and the operator only, never a management token. Throws `invalid`
 * if another account has the address.
 */
export async function setUserEmail({ ctx, input }: Verb<SetUserEmailInput>): Promise<User> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { email } = input;
  const { user, from } = await ctx.db
    .write(async (tx) => {
      const row = await lockUser(tx, ctx, input.userId);
      if (row.email !== email) {
        await setEmail(tx, row.id, email, null);
        await endAllLinks(tx, row.id, ctx.now());
        await recordAudit(tx, ctx, {
          action: "user.email-changed",
          subject: row,
          before: { email: row.email },
          after: { email, verified: false },
        });
      }
      return { user: await readUser(tx, row.id), from: row.email };
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw invalid("email", "There is already an account with this email address.");
    });
  if (from !== email) await mailEmailChanged(ctx, from, email, true);
  return user;
}
