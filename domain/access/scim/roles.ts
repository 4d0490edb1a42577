import { and, asc, count, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireAdmin, type Verb } from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { changeSiteRole } from "../accounts/site-role.ts";
import { lockAdmins } from "../accounts/users.ts";
import type { SetGroupRoleInput } from "./schema.ts";

/** Groups with more members can't have a role: a change of it, or of all members, is one transaction. */
export const MAX_ROLE_MEMBERS = 1_000;

/** A group as administrators see it. */
export interface GroupWithRole {
  id: string;
  displayName: string;
  members: number;
  siteRole: SiteRole | null;
}

/** The groups by name, those with a role first, at most 200. Administrators only. */
export async function listGroupRoles({ ctx }: { ctx: Ctx }): Promise<GroupWithRole[]> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { scimGroups, scimGroupMembers } = ctx.db.read.t;
  const rows = await ctx.db.read.q
    .select({
      id: scimGroups.id,
      displayName: scimGroups.displayName,
      siteRole: scimGroups.siteRole,
      members: count(scimGroupMembers.userId),
    })
    .from(scimGroups)
    .leftJoin(scimGroupMembers, eq(scimGroupMembers.groupId, scimGroups.id))
    .groupBy(scimGroups.id, scimGroups.displayName, scimGroups.displayNameKey, scimGroups.siteRole)
    .orderBy(sql`case when ${scimGroups.siteRole} is null then 1 else 0 end`, asc(scimGroups.displayNameKey))
    .limit(200);
  return rows;
}

/**
 * Makes the members of a group administrators, or ends that. Takes effect at once, for members that join later too.
 * Administrators only. Throws `conflict` for a group with more than 1,000 members.
 */
export async function setScimGroupRole({ ctx, input }: Verb<SetGroupRoleInput>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    await lockAdmins(tx);
    const { scimGroups, scimGroupMembers } = tx.t;
    const [group] = await tx.q.select().from(scimGroups).where(eq(scimGroups.id, input.groupId));
    if (!group) throw notFound("group");
    if (group.siteRole === input.siteRole) return;
    const members = await tx.q
      .select({ userId: scimGroupMembers.userId })
      .from(scimGroupMembers)
      .where(eq(scimGroupMembers.groupId, group.id))
      .limit(MAX_ROLE_MEMBERS + 1);
    if (members.length > MAX_ROLE_MEMBERS) {
      throw new DomainError("conflict", "This group has more than 1,000 members. Choose a smaller one.");
    }
    await tx.q.update(scimGroups).set({ siteRole: input.siteRole }).where(eq(scimGroups.id, group.id));
    await recordAudit(tx, ctx, {
      action: "scimGroup.role-changed",
      subject: { id: group.id, name: group.displayName },
      before: { siteRole: group.siteRole },
      after: { siteRole: input.siteRole },
    });
    for (const { userId } of members) await refreshRole(tx, ctx, userId);
  });
}

/**
 * Gives a user the site role of their groups. Leaving the last group with a role makes them a developer again, unless
 * they were an administrator without a group; the last administrator stays one. Call `lockAdmins` first.
 */
export async function refreshRole(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  const { scimGroups, scimGroupMembers, scimUsers, users } = tx.t;
  const [found] = await tx.q
    .select({ user: users, roleFromGroup: scimUsers.roleFromGroup })
    .from(users)
    .innerJoin(scimUsers, eq(scimUsers.userId, users.id))
    .where(eq(users.id, userId));
  if (!found) return;
  const [group] = await tx.q
    .select({ id: scimGroups.id })
    .from(scimGroups)
    .innerJoin(scimGroupMembers, eq(scimGroupMembers.groupId, scimGroups.id))
    .where(and(eq(scimGroupMembers.userId, userId), eq(scimGroups.siteRole, "admin")))
    .limit(1);
  const { user, roleFromGroup } = found;
  const note = (value: boolean) =>
    tx.q.update(scimUsers).set({ roleFromGroup: value }).where(eq(scimUsers.userId, userId));
  if (group && user.siteRole !== "admin") {
    await changeSiteRole(tx, ctx, user, { siteRole: "admin", reason: { group: group.id } });
    await note(true);
  } else if (!group && roleFromGroup) {
    const isDone = await changeSiteRole(tx, ctx, user, { siteRole: "developer", reason: { group: null } });
    if (isDone) await note(false);
  }
}
