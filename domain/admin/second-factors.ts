import { count } from "drizzle-orm";
import type { SiteRole } from "#db/tables/accounts.ts";
import { notifyUser } from "../access/accounts/factors/notify-user.ts";
import {
  type Factors,
  lacksSecondFactor,
  readFactors,
  removeSecondFactors,
} from "../access/accounts/factors/second-factor.ts";
import { endSessions } from "../access/accounts/my-sessions.ts";
import { recordAudit } from "../audit/record.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { UserRef } from "./schema.ts";
import { lockUser } from "./users.ts";

/** The second factors of a user. Administrators only. */
export async function getUserFactors({ ctx, input }: Verb<UserRef>): Promise<Factors> {
  requireAdmin(ctx);
  return readFactors(ctx.db.read, input.userId);
}

/** How many accounts that can sign in have no second factor. */
export interface MissingFactors {
  admins: number;
  /** Administrators included. */
  everyone: number;
}

/** How many users would have to set up a second factor under each policy. Administrators only. */
export async function countMissingFactors({ ctx }: Verb<object>): Promise<MissingFactors> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { users } = t;
  const rows = await q
    .select({ siteRole: users.siteRole, missing: count() })
    .from(users)
    .where(lacksSecondFactor(ctx.db.read))
    .groupBy(users.siteRole);
  const missing = (role: SiteRole) => rows.find(({ siteRole }) => siteRole === role)?.missing ?? 0;
  return { admins: missing("admin"), everyone: missing("admin") + missing("developer") };
}

/**
 * Removes a user's second factors, passkeys included, and their recovery codes, and ends their sessions, for users who lost them. The user is
 * notified by mail. Administrators and the operator only, never a management token. Throws `conflict` if there is no
 * second factor.
 */
export async function resetSecondFactors({ ctx, input }: Verb<UserRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    if (!(await removeSecondFactors(tx, user.id))) {
      throw new DomainError("conflict", "This user has no second factor.");
    }
    await endSessions(tx, user.id, ctx.now());
    await recordAudit(tx, ctx, { action: "user.second-factors-reset", subject: user });
  });
  const who = ctx.actor.kind === "user" ? "An administrator" : "The operator";
  await notifyUser(
    ctx,
    input.userId,
    `${who} removed the second factors of your account, passkeys included, and signed you out everywhere. Sign in without them and set them up again.`,
  );
}
