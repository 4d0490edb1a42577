import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxMembers, enforceMaxProjects } from "../../bounds.ts";
import { type Ctx, requireUser, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notify } from "../../notifications/notify.ts";
import { consumeLink } from "../accounts/links.ts";
import { lockUserRow } from "../accounts/lock-user.ts";
import { lockProjectRow } from "../project-access.ts";
import { notifyTokenChange, requireMembersScope } from "./by-token.ts";
import { findInvitation, mustFindInvitation } from "./find.ts";
import type { AcceptedInvitation, InvitationTokenInput } from "./schema.ts";

/** What the invited person sees before they accept. */
interface InvitationPreview {
  email: string;
  role: ProjectRole;
  project: { id: string; name: string };
  invitedBy: string;
  expiresAt: string;
}

/**
 * Joins the project that the link invites to. Accepting again after a lost response changes nothing. Throws
 * `forbidden` if the user is not the invited person.
 */
export async function acceptInvitation({
  ctx,
  input,
}: Verb<InvitationTokenInput>): Promise<AcceptedInvitation> {
  const { userId } = requireUser(ctx);
  requireMembersScope(ctx);
  return ctx.db.write(async (tx) => {
    const joinedBefore = await joinedProjectId(tx, input.token, userId);
    if (joinedBefore !== null) return { projectId: joinedBefore };
    const now = ctx.now();
    const found = await findInvitation(tx, input.token, now);
    if (found !== null) await lockProjectRow(tx, found.project.id);
    // Another request of the same user may have accepted the invitation in the meantime.
    const joinedNow = await joinedProjectId(tx, input.token, userId);
    if (joinedNow !== null) return { projectId: joinedNow };
    // Read again after locking the project: the link may have been used, or the project deleted.
    const { id, email, role, project } = await mustFindInvitation(tx, input.token, now);
    const { memberships } = tx.t;
    const user = await lockUserRow(tx, userId);
    if (user?.email !== email) {
      throw new DomainError(
        "forbidden",
        "This invitation is for another email address. Sign in with that one.",
      );
    }
    // Withdrawals for a removed inviter don't lock the project, so check again.
    await consumeLink(tx, id, now);
    await enforceJoinLimits(tx, ctx, { projectId: project.id, userId, role });
    const [joined] = await tx.q
      .insert(memberships)
      .values({ projectId: project.id, userId, role, createdAt: now })
      .onConflictDoNothing()
      .returning({ role: memberships.role });
    if (joined) {
      await recordAudit(tx, ctx, {
        action: "member.joined",
        projectId: project.id,
        subject: user,
        after: { role },
      });
      await notify(tx, ctx, { kind: "member.added", projectId: project.id, subject: user, data: { role } });
      await notifyTokenChange(tx, ctx, "joined", { projectId: project.id, subject: user, role });
    }
    return { projectId: project.id };
  });
}

/** Existing members don't count towards the limit again. */
async function enforceJoinLimits(
  tx: Tx,
  ctx: Ctx,
  { projectId, userId, role }: { projectId: string; userId: string; role: ProjectRole },
): Promise<void> {
  const { memberships } = tx.t;
  const joined = and(eq(memberships.projectId, projectId), eq(memberships.userId, userId));
  if ((await tx.q.$count(memberships, joined)) > 0) return;
  await enforceMaxMembers(tx, ctx, projectId);
  if (role === "owner") await enforceMaxProjects(tx, ctx, userId);
}

/** The project that the user joined with the link and still belongs to; otherwise null. */
async function joinedProjectId({ q, t }: Tx, token: string, userId: string): Promise<string | null> {
  const { invitations, memberships, users } = t;
  const [row] = await q
    .select({ projectId: memberships.projectId })
    .from(invitations)
    .innerJoin(users, eq(users.email, invitations.email))
    .innerJoin(
      memberships,
      and(eq(memberships.projectId, invitations.projectId), eq(memberships.userId, users.id)),
    )
    .where(
      and(
        eq(invitations.hash, hashToken(token)),
        isNotNull(invitations.acceptedAt),
        eq(users.id, userId),
        isNull(users.disabledAt),
      ),
    );
  return row?.projectId ?? null;
}

/** What an invitation is for. The holder of the link may read it, signed in or not. */
export async function readInvitation({ ctx, input }: Verb<InvitationTokenInput>): Promise<InvitationPreview> {
  const { email, role, project, invitedBy, expiresAt } = await mustFindInvitation(
    ctx.db.read,
    input.token,
    ctx.now(),
  );
  return { email, role, project, invitedBy, expiresAt: iso(expiresAt) };
}
