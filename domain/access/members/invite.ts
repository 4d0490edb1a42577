import { and, eq, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { MINUTE_MS } from "#core/time.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxInvitations, enforceMaxInvitationsPerDay } from "../../bounds.ts";
import { type Ctx, requireUser, type UserActor, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { invitationMail } from "../accounts/invitation-mail.ts";
import { INVITATION_MS, mailLink } from "../accounts/links.ts";
import { requireAllowed } from "../accounts/sign-up-policy.ts";
import { countAttempt } from "../accounts/throttle.ts";
import { hasAccount } from "../accounts/users.ts";
import { lockProject, requireProjectRole } from "../project-access.ts";
import { notifyTokenChange, requireMembersScope } from "./by-token.ts";
import { presentInvitation } from "./list.ts";
import type { InvitationResult, InviteMemberInput } from "./schema.ts";

/**
 * Invites a person by email address, whether or not they have an account; their earlier invitation to the project
 * ends. The link is mailed, or returned if it could not be mailed. Throws `too-many` while the inviter or the
 * recipient has had too many such mails, `conflict` (`LIMIT_REACHED`) if the project can have no further member
 * or the inviter reached the daily limit, and `forbidden` for an email address that the sign-up policy excludes.
 */
export async function inviteMember({ ctx, input }: Verb<InviteMemberInput>): Promise<InvitationResult> {
  const user = requireUser(ctx);
  requireMembersScope(ctx, input.role);
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "owner");
  await requireAllowedOrKnown(ctx, user, input.email);
  const token = randomBase62(40);
  const now = ctx.now();
  const row = {
    id: newId("invitation"),
    kind: "project" as const,
    hash: hashToken(token),
    email: input.email,
    projectId: input.projectId,
    role: input.role,
    createdBy: user.userId,
    createdAt: now,
    expiresAt: now + INVITATION_MS,
  };
  const project = await ctx.db.write(async (tx) => {
    const access = await lockProject(tx, ctx, input.projectId, "owner");
    await rejectMember(tx, input);
    // A link that is only displayed bothers nobody.
    if (ctx.sendMail) await countInvitation(tx, user.userId, input.email, now);
    await enforceMaxInvitationsPerDay(tx, ctx, user.userId);
    await withdrawEarlier(tx, input, now);
    await enforceMaxInvitations(tx, ctx, input.projectId);
    await tx.q.insert(tx.t.invitations).values(row);
    const { id, email, projectId } = row;
    ctx.created?.({ kind: "invitation", id, name: email, hint: "", projectId });
    await recordAudit(tx, ctx, {
      action: "member.invited",
      projectId: access.project.id,
      subject: { id: row.id, name: input.email },
      after: { email: input.email, role: input.role },
    });
    await notifyTokenChange(tx, ctx, "invited", {
      projectId: access.project.id,
      subject: { id: row.id, name: input.email },
      role: input.role,
    });
    return access.project;
  });
  const link = `${ctx.settings.url}/invite?token=${token}`;
  const mail = invitationMail(input.email, { inviter: user.name, project: project.name, link });
  const mailed = await mailLink(ctx, row.id, mail);
  return { invitation: presentInvitation(row, user.name), link: mailed ? null : link };
}

async function rejectMember({ q, t }: Tx, { projectId, email }: InviteMemberInput): Promise<void> {
  const [member] = await q
    .select({ id: t.users.id })
    .from(t.memberships)
    .innerJoin(t.users, eq(t.users.id, t.memberships.userId))
    .where(and(eq(t.memberships.projectId, projectId), eq(t.users.email, email)));
  if (member) throw new DomainError("conflict", `${email} is already a member of the project.`);
}

async function withdrawEarlier({ q, t }: Tx, { projectId, email }: InviteMemberInput, nowMs: number) {
  const { invitations } = t;
  await q
    .update(invitations)
    .set({ withdrawnAt: nowMs })
    .where(
      and(
        eq(invitations.projectId, projectId),
        eq(invitations.email, email),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
      ),
    );
}

/**
 * Applies the sign-up policy whether or not the email address has an account, so that a project owner does not learn
 * which addresses do. Administrators know all accounts and may invite existing ones.
 */
async function requireAllowedOrKnown(ctx: Ctx, { siteRole }: UserActor, email: string): Promise<void> {
  if (siteRole === "admin" && (await hasAccount(ctx, email))) return;
  requireAllowed(ctx, email);
}

/** A large team may be invited at once, some people twice; nobody does that every hour. */
const INVITER = { free: 60, firstWaitMs: MINUTE_MS, longestWaitMs: 60 * MINUTE_MS };
/** From any inviter to any project: the recipients did not ask for these mails. */
const INVITED = { free: 5, firstWaitMs: 10 * MINUTE_MS, longestWaitMs: 360 * MINUTE_MS };

/** Counts a mailed invitation. Throws `too-many` while the inviter or the email address has to wait. */
export async function countInvitation(
  tx: Tx,
  inviterId: string,
  email: string,
  nowMs: number,
): Promise<void> {
  const inviter = { id: hashToken(`inviter:${inviterId}`), pace: INVITER };
  await countAttempt(tx, [inviter], nowMs, "invitations");
  const invited = { id: hashToken(`invited:${email}`), pace: INVITED };
  await countAttempt(tx, [invited], nowMs, `invitations to ${email}`);
}
