import { removeAccount } from "../access/accounts/delete-account.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { UserRef } from "./schema.ts";
import { requireStillAdmin } from "./users.ts";

/**
 * Deletes any account, as its user could (`deleteAccount`). Administrators and the operator only, never a management
 * token. Throws `conflict` for the only administrator and the only owner of a project, and `not-found` for a deleted
 * account.
 */
export async function deleteUser({ ctx, input }: Verb<UserRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  if (ctx.actor.kind === "user" && ctx.actor.userId === input.userId) {
    throw new DomainError("conflict", "Delete your own account on your account page.");
  }
  await removeAccount(ctx, input.userId, (tx) => requireStillAdmin(tx, ctx));
}
