import { eq } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { DomainError } from "../../../errors.ts";
import { readPolicies } from "../../policies/read.ts";
import type { SecondFactorPolicy } from "../../policies/schema.ts";
import { hasSecondFactor } from "./second-factor.ts";

/** Whether the policy requires a second factor of users with this role (docs/operate/accounts.md). */
export function requiresFactor(policy: SecondFactorPolicy, siteRole: SiteRole): boolean {
  return policy === "everyone" || (policy === "admins" && siteRole === "admin");
}

/**
 * Throws `conflict` if the user has no second factor left although the policy requires one. The stored role counts: an
 * administrator outside the IP addresses for administration acts as a developer, but stays an administrator.
 */
export async function requireFactorLeft(scope: Scope, { userId }: { userId: string }): Promise<void> {
  const { users } = scope.t;
  const [user] = await scope.q.select({ siteRole: users.siteRole }).from(users).where(eq(users.id, userId));
  const { secondFactor } = await readPolicies(scope);
  if (!user || !requiresFactor(secondFactor, user.siteRole) || (await hasSecondFactor(scope, userId))) return;
  throw new DomainError(
    "conflict",
    "This portal requires a second factor, and this is your only one. Add another one first.",
  );
}
