import { MEMBERS_WRITE } from "#core/scopes.ts";
import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type Ctx, isByToken, requireScope } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notify } from "../../notifications/notify.ts";

/** A change to a project's members or invitations. */
type MemberChange = "invited" | "invitation-withdrawn" | "joined" | "removed" | "role-changed";

/**
 * Denies management tokens without the scope `members:write`, and any token that would grant or remove ownership: the
 * owners of a project must be able to undo whatever a token did to its members. `roles` are the roles that the change
 * removes or grants. Throws `forbidden`.
 */
export function requireMembersScope(ctx: Ctx, ...roles: ProjectRole[]): void {
  requireScope(ctx, MEMBERS_WRITE);
  if (isByToken(ctx.actor) && roles.includes("owner")) {
    throw new DomainError(
      "forbidden",
      "A management token can't change who owns a project. Sign in to the portal.",
    );
  }
}

/** Notifies the project's owners of a membership change by a management token. */
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
    // The token may be stolen, so its user is notified too.
    includesActor: true,
    ownersOnly: true,
  });
}
