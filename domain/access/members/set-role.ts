import { and, eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxProjects } from "../../bounds.ts";
import type { Verb } from "../../context.ts";
import { withdrawInvitationsWithoutRight } from "../accounts/withdraw-invitations.ts";
import { lockProject } from "../project-access.ts";
import { notifyTokenChange, requireMembersScope } from "./by-token.ts";
import { mustFindMember, requireAnotherOwner } from "./find.ts";
import type { SetRoleInput } from "./schema.ts";

/**
 * Changes a member's role; a former owner's invitations end. Throws `conflict` if the project would be left without
 * an owner.
 */
export async function setRole({ ctx, input }: Verb<SetRoleInput>): Promise<void> {
  requireMembersScope(ctx);
  await ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    const member = await mustFindMember(tx, input);
    requireMembersScope(ctx, input.role, member.role);
    if (member.role === input.role) return;
    if (member.role === "owner") await requireAnotherOwner(tx, input);
    if (input.role === "owner") await enforceMaxProjects(tx, ctx, member.id, member.name);
    const { memberships } = tx.t;
    await tx.q
      .update(memberships)
      .set({ role: input.role })
      .where(and(eq(memberships.projectId, input.projectId), eq(memberships.userId, member.id)));
    await withdrawInvitationsWithoutRight(tx, ctx, member.id);
    await recordAudit(tx, ctx, {
      action: "member.role-changed",
      projectId: input.projectId,
      subject: member,
      before: { role: member.role },
      after: { role: input.role },
    });
    await notifyTokenChange(tx, ctx, "role-changed", {
      projectId: input.projectId,
      subject: member,
      roleBefore: member.role,
      role: input.role,
    });
  });
}
