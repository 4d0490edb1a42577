import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxInvitations, enforceMaxMembers } from "../../bounds.ts";
import { type Ctx, denyManagementTokens, type Verb } from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { isOpen } from "../accounts/links.ts";
import { lockUserRow } from "../accounts/lock-user.ts";
import { policyDenial } from "../accounts/sign-up-policy.ts";
import { withdrawInvitationsWithoutRight } from "../accounts/withdraw-invitations.ts";
import { lockProject } from "../project-access.ts";
import { findMember, requireAnotherOwner } from "./find.ts";
import { PROJECT_ROLES, type UndoTokenChangeInput } from "./schema.ts";

/** What a management token did, as its event has it (`notifyTokenChange`). */
interface TokenChange {
  projectId: string;
  /** The id of the member, or of the invitation. */
  subjectId: string;
  subjectName: string;
  roleBefore: ProjectRole | null;
  role: ProjectRole | null;
}

/**
 * Undoes what a management token did to the members of a project. Owners only, in a session. Throws `conflict` if it
 * was undone before, or if what it changed was changed again since.
 */
export async function undoTokenChange({ ctx, input }: Verb<UndoTokenChangeInput>): Promise<void> {
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const { events } = tx.t;
    const [event] = await tx.q
      .select()
      .from(events)
      .where(
        and(
          eq(events.id, input.eventId),
          eq(events.projectId, project.id),
          eq(events.kind, "member.changed-by-token"),
        ),
      );
    if (!event) throw notFound("change");
    const { data, subjectId, subjectName } = event;
    // Earlier versions noted it in the data.
    if (event.undoneAt !== null || data.undone === true)
      throw new DomainError("conflict", "This has already been undone.");
    const undo = UNDO[String(data.change)];
    if (undo === undefined) throw notFound("change");
    const change: TokenChange = {
      projectId: project.id,
      subjectId,
      subjectName,
      roleBefore: roleIn(data.roleBefore),
      role: roleIn(data.role),
    };
    await undo(tx, ctx, change);
    await tx.q.update(events).set({ undoneAt: ctx.now() }).where(eq(events.id, event.id));
  });
}

const UNDO: Record<string, (tx: Tx, ctx: Ctx, change: TokenChange) => Promise<void>> = {
  invited: withdraw,
  "invitation-withdrawn": reopenInvitation,
  joined: remove,
  removed: addAgain,
  "role-changed": resetRole,
};

const changedSince = () =>
  new DomainError("conflict", "This was changed again since. Make the change on the members page.");

function roleIn(value: unknown): ProjectRole | null {
  return PROJECT_ROLES.find((role) => role === value) ?? null;
}

async function withdraw(tx: Tx, ctx: Ctx, { projectId, subjectId, subjectName }: TokenChange): Promise<void> {
  const { invitations } = tx.t;
  const [withdrawn] = await tx.q
    .update(invitations)
    .set({ withdrawnAt: ctx.now() })
    .where(
      and(
        eq(invitations.id, subjectId),
        eq(invitations.projectId, projectId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
      ),
    )
    .returning({ id: invitations.id });
  if (!withdrawn) throw changedSince();
  const subject = { id: subjectId, name: subjectName };
  await recordAudit(tx, ctx, { action: "invitation.withdrawn", projectId, subject });
}

async function reopenInvitation(
  tx: Tx,
  ctx: Ctx,
  { projectId, subjectId, subjectName }: TokenChange,
): Promise<void> {
  const denial = policyDenial(ctx, subjectName);
  if (denial !== null) throw new DomainError("forbidden", denial, { byRights: false });
  await enforceMaxInvitations(tx, ctx, projectId);
  const { invitations } = tx.t;
  const sameEmail = and(eq(invitations.projectId, projectId), eq(invitations.email, subjectName));
  // Invited again since.
  if ((await tx.q.$count(invitations, and(sameEmail, isOpen(tx, ctx.now())))) > 0) throw changedSince();
  const [reopened] = await tx.q
    .update(invitations)
    .set({ withdrawnAt: null })
    .where(
      and(
        eq(invitations.id, subjectId),
        eq(invitations.projectId, projectId),
        isNull(invitations.acceptedAt),
        isNotNull(invitations.withdrawnAt),
        gt(invitations.expiresAt, ctx.now()),
      ),
    )
    .returning({ role: invitations.role });
  if (!reopened) throw changedSince();
  await recordAudit(tx, ctx, {
    action: "member.invited",
    projectId,
    subject: { id: subjectId, name: subjectName },
    after: { email: subjectName, role: reopened.role, undone: true },
  });
}

async function remove(tx: Tx, ctx: Ctx, { projectId, subjectId, role }: TokenChange): Promise<void> {
  const member = await findMember(tx, { projectId, userId: subjectId });
  if (member === null || member.role !== role) throw changedSince();
  if (role === "owner") await requireAnotherOwner(tx, { projectId, userId: subjectId });
  const { memberships } = tx.t;
  await tx.q
    .delete(memberships)
    .where(and(eq(memberships.projectId, projectId), eq(memberships.userId, subjectId)));
  await withdrawInvitationsWithoutRight(tx, ctx, subjectId);
  await recordAudit(tx, ctx, {
    action: "member.removed",
    projectId,
    subject: member,
    before: { role: member.role },
  });
}

/** The token could remove no owner, so nobody becomes one. */
async function addAgain(tx: Tx, ctx: Ctx, { projectId, subjectId, roleBefore }: TokenChange): Promise<void> {
  const { memberships } = tx.t;
  // Locked, because the account may be being disabled or deleted.
  const user = await lockUserRow(tx, subjectId);
  if (user === null || roleBefore === null || roleBefore === "owner") throw changedSince();
  await enforceMaxMembers(tx, ctx, projectId);
  const [added] = await tx.q
    .insert(memberships)
    .values({ projectId, userId: subjectId, role: roleBefore, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ userId: memberships.userId });
  if (!added) throw changedSince();
  await recordAudit(tx, ctx, {
    action: "member.joined",
    projectId,
    subject: user,
    after: { role: roleBefore, undone: true },
  });
}

async function resetRole(
  tx: Tx,
  ctx: Ctx,
  { projectId, subjectId, roleBefore, role }: TokenChange,
): Promise<void> {
  const member = await findMember(tx, { projectId, userId: subjectId });
  if (member?.role !== role || roleBefore === null || roleBefore === "owner") throw changedSince();
  const { memberships } = tx.t;
  await tx.q
    .update(memberships)
    .set({ role: roleBefore })
    .where(and(eq(memberships.projectId, projectId), eq(memberships.userId, subjectId)));
  await recordAudit(tx, ctx, {
    action: "member.role-changed",
    projectId,
    subject: member,
    before: { role },
    after: { role: roleBefore },
  });
}
