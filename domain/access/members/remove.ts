import { and, eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { requireUser, type Verb } from "../../context.ts";
import { withdrawInvitationsWithoutRight } from "../accounts/withdraw-invitations.ts";
import { lockProject } from "../project-access.ts";
import { notifyTokenChange, requireMembersScope } from "./by-token.ts";
import { mustFindMember, requireAnotherOwner } from "./find.ts";
import type { MemberRef } from "./schema.ts";

/**
 * Removes a member. Owners can remove anyone, and every member themselves. Keys that the member created stay, because
 * they belong to the project; their invitations end. Throws `conflict` for the last owner.
 */
export async function removeMember({ ctx, input }: Verb<MemberRef>): Promise<void> {
  const leaves = requireUser(ctx).userId === input.userId;
  requireMembersScope(ctx);
  await ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, leaves ? "viewer" : "owner");
    const member = await mustFindMember(tx, input);
    requireMembersScope(ctx, member.role);
    if (member.role === "owner") await requireAnotherOwner(tx, input);
    const { memberships } = tx.t;
    await tx.q
      .delete(memberships)
      .where(and(eq(memberships.projectId, input.projectId), eq(memberships.userId, member.id)));
    await withdrawInvitationsWithoutRight(tx, ctx, member.id);
    await recordAudit(tx, ctx, {
      action: leaves ? "member.left" : "member.removed",
      projectId: input.projectId,
      subject: member,
      before: { role: member.role },
    });
    await notifyTokenChange(tx, ctx, "removed", {
      projectId: input.projectId,
      subject: member,
      roleBefore: member.role,
    });
  });
}
