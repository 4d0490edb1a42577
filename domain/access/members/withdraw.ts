import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import type { Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { lockProject } from "../project-access.ts";
import { notifyTokenChange, requireMembersScope } from "./by-token.ts";
import type { InvitationRef } from "./schema.ts";

/** Withdraws an open invitation: its link stops working. */
export async function withdrawInvitation({ ctx, input }: Verb<InvitationRef>): Promise<void> {
  requireMembersScope(ctx);
  await ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const { invitations } = tx.t;
    const [withdrawn] = await tx.q
      .update(invitations)
      .set({ withdrawnAt: ctx.now() })
      .where(
        and(
          eq(invitations.id, input.invitationId),
          eq(invitations.kind, "project"),
          eq(invitations.projectId, project.id),
          isNull(invitations.acceptedAt),
          isNull(invitations.withdrawnAt),
        ),
      )
      .returning({ email: invitations.email });
    if (!withdrawn) throw notFound("invitation");
    await recordAudit(tx, ctx, {
      action: "invitation.withdrawn",
      projectId: project.id,
      subject: { id: input.invitationId, name: withdrawn.email ?? "" },
    });
    await notifyTokenChange(tx, ctx, "invitation-withdrawn", {
      projectId: project.id,
      subject: { id: input.invitationId, name: withdrawn.email ?? "" },
    });
  });
}
