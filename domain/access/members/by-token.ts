import { MEMBERS_WRITE } from "#core/scopes.ts";
import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type Ctx, requireScope } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notify } from "../../notifications/notify.ts";

/** What was done to a project's members or invitations. */
type MemberChange = "invited" | "invitation-withdrawn" | "joined" | "removed" | "role-changed";

/**
 * Refuses a management token without the scope `members:write`, and one that would give or take away ownership:
 * the owners of a project must be able to undo whatever a token did to its members. `roles` are those that the
 * change takes away or gives. Throws `forbidden`.
 */
export function requireMembersScope(ctx: Ctx, ...roles: ProjectRole[]): void {
  requireScope(ctx, MEMBERS_WRITE);
  if (isToken(ctx) && roles.includes("owner")) {
    throw new DomainError(
      "forbidden",
      "A management token can't change who owns a project: sign in to the portal.",
    );
  }
}

/** Notifies the owners of a project of a change to its members that was made with a management token. */
export async function notifyTokenChange(
  tx: Tx,
  ctx: Ctx,
  change: MemberChange,
  about: {
    projectId: string;
    subject: { id: string; name: string };
    roleBefore?: ProjectRole;
    role?: ProjectRole;
  },
): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user" || actor.via !== "token") return;
  const { projectId, subject, roleBefore = null, role = null } = about;
  await notify(tx, ctx, {
    kind: "member.changed-by-token",
    projectId,
    subject,
    data: { change, roleBefore, role, token: actor.token?.name ?? "" },
    // The token may be in somebody else's hands: its user has to hear of it first of all.
    everybody: true,
    ownersOnly: true,
  });
}

function isToken({ actor }: Ctx): boolean {
  return actor.kind === "user" && actor.via === "token";
}
