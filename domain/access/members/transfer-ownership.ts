import { and, eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxProjects } from "../../bounds.ts";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { withdrawInvitationsWithoutRight } from "../accounts/withdraw-invitations.ts";
import { lockProject } from "../project-access.ts";
import { mustFindMember } from "./find.ts";
import type { MemberRef } from "./schema.ts";

/**
 * Makes another member an owner, and the current user a developer whose invitations end. Other owners stay owners.
 */
export async function transferOwnership({ ctx, input }: Verb<MemberRef>): Promise<void> {
  const { userId } = requireUser(ctx);
  // The former owner can't undo this, so no token may do it.
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const newOwner = await mustFindMember(tx, input);
    if (newOwner.id === userId) throw invalid("userId", "Choose another member.");
    if (newOwner.disabledAt !== null) throw invalid("userId", `${newOwner.name} can no longer sign in.`);
    if (newOwner.role !== "owner") await enforceMaxProjects(tx, ctx, newOwner.id, newOwner.name);
    const { memberships } = tx.t;
    for (const [id, role] of [
      [newOwner.id, "owner"],
      // An administrator who is not a member has no role to give up.
      [userId, "developer"],
    ] as const) {
      await tx.q
        .update(memberships)
        .set({ role })
        .where(and(eq(memberships.projectId, project.id), eq(memberships.userId, id)));
    }
    await withdrawInvitationsWithoutRight(tx, ctx, userId);
    await recordAudit(tx, ctx, {
      action: "project.handed-over",
      projectId: project.id,
      subject: newOwner,
      before: { role: newOwner.role },
      after: { role: "owner" },
    });
  });
}
