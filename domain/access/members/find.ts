import { and, eq, isNull, ne } from "drizzle-orm";
import { hashToken } from "#core/tokens.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { DomainError, notFound } from "../../errors.ts";
import { linkWorks } from "../accounts/links.ts";

interface MemberRef {
  projectId: string;
  userId: string;
}

interface MemberRow {
  id: string;
  name: string;
  role: ProjectRole;
  disabledAt: number | null;
}

/** The member's role and name. Throws `not-found` if the user is not a member. */
export async function mustFindMember(scope: Scope, ref: MemberRef): Promise<MemberRow> {
  const member = await findMember(scope, ref);
  if (member === null) throw notFound("member");
  return member;
}

/** Like `mustFindMember`; null if the user is not a member. */
export async function findMember(
  { q, t }: Scope,
  { projectId, userId }: MemberRef,
): Promise<MemberRow | null> {
  const [member] = await q
    .select({
      id: t.users.id,
      name: t.users.name,
      disabledAt: t.users.disabledAt,
      role: t.memberships.role,
    })
    .from(t.memberships)
    .innerJoin(t.users, eq(t.users.id, t.memberships.userId))
    .where(and(eq(t.memberships.projectId, projectId), eq(t.memberships.userId, userId)));
  return member ?? null;
}

/**
 * Throws `conflict` if the project would be left without an owner but `userId`. Lock the project first. Disabled
 * users don't count as owners.
 */
export async function requireAnotherOwner(
  { q, t }: Tx,
  { projectId, userId }: { projectId: string; userId: string },
): Promise<void> {
  const [other] = await q
    .select({ userId: t.memberships.userId })
    .from(t.memberships)
    .innerJoin(t.users, eq(t.users.id, t.memberships.userId))
    .where(
      and(
        eq(t.memberships.projectId, projectId),
        eq(t.memberships.role, "owner"),
        ne(t.memberships.userId, userId),
        isNull(t.users.disabledAt),
      ),
    )
    .limit(1);
  if (!other) {
    throw new DomainError("conflict", "A project needs an owner. Make another member an owner first.");
  }
}

/** The open project invitation of a one-time link. Throws `not-found` for any other token. */
export async function mustFindInvitation(scope: Scope, token: string, nowMs: number) {
  const invitation = await findInvitation(scope, token, nowMs);
  if (invitation !== null) return invitation;
  throw new DomainError(
    "not-found",
    "This invitation was used, was withdrawn or has expired. Ask for a new one.",
  );
}

/** Like `mustFindInvitation`; null for any other token. */
export async function findInvitation(scope: Scope, token: string, nowMs: number) {
  const { invitations, projects, users } = scope.t;
  const [row] = await scope.q
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      expiresAt: invitations.expiresAt,
      project: { id: projects.id, name: projects.name },
      invitedBy: users.name,
    })
    .from(invitations)
    .innerJoin(projects, eq(projects.id, invitations.projectId))
    .leftJoin(users, eq(users.id, invitations.createdBy))
    .where(
      and(
        eq(invitations.hash, hashToken(token)),
        eq(invitations.kind, "project"),
        linkWorks(scope, nowMs),
        isNull(projects.deletedAt),
      ),
    );
  if (!row?.email || !row.role) return null;
  return { ...row, email: row.email, role: row.role, invitedBy: row.invitedBy ?? "" };
}
