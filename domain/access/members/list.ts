import { and, asc, desc, eq } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Verb } from "../../context.ts";
import { linkWorks } from "../accounts/links.ts";
import { requireProjectRole } from "../project-access.ts";
import type { Invitation, ListMembersInput, Member } from "./schema.ts";

interface MemberList {
  members: Member[];
  /** Those that are not accepted yet. */
  invitations: Invitation[];
}

/** A project's members and open invitations. Owners only, because it shows email addresses. */
export async function listMembers({ ctx, input }: Verb<ListMembersInput>): Promise<MemberList> {
  const { project } = await requireProjectRole(ctx.db.read, ctx, input.projectId, "owner");
  const [members, invitations] = await Promise.all([
    readMembers(ctx.db.read, project.id),
    readInvitations(ctx.db.read, project.id, ctx.now()),
  ]);
  return { members, invitations };
}

async function readMembers({ q, t }: Scope, projectId: string): Promise<Member[]> {
  const { memberships, users } = t;
  const rows = await q
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      since: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.projectId, projectId))
    .orderBy(asc(memberships.createdAt), asc(users.id));
  return rows.map(({ role, since, ...user }) => ({ user, role, since: iso(since) }));
}

async function readInvitations(scope: Scope, projectId: string, nowMs: number): Promise<Invitation[]> {
  const { invitations, users } = scope.t;
  const rows = await scope.q
    .select({ invitation: invitations, createdByName: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.createdBy))
    .where(
      and(eq(invitations.kind, "project"), eq(invitations.projectId, projectId), linkWorks(scope, nowMs)),
    )
    .orderBy(desc(invitations.createdAt), asc(invitations.id));
  return rows.map((row) => presentInvitation(row.invitation, row.createdByName ?? ""));
}

type InvitationRow = Pick<
  Tables["invitations"]["$inferSelect"],
  "id" | "email" | "role" | "createdBy" | "createdAt" | "expiresAt"
>;

/** A row as an invitation in a response. */
export function presentInvitation(row: InvitationRow, createdByName: string): Invitation {
  return {
    id: row.id,
    email: row.email ?? "",
    role: row.role ?? "viewer",
    createdAt: iso(row.createdAt),
    createdBy: { id: row.createdBy ?? "", name: createdByName },
    expiresAt: iso(row.expiresAt),
  };
}
