import { and, count, eq, isNull } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { notify, WEBHOOKS_ONLY } from "../notifications/notify.ts";
import { endAllSubscriptions } from "../plans/subscriptions.ts";
import type { ProjectRef } from "./schema.ts";

/**
 * Deletes a project, with its management tokens. Throws `conflict` while it has keys that are not revoked, so that no client breaks unexpectedly.
 */
export async function deleteProject({ ctx, input }: Verb<ProjectRef>): Promise<void> {
  await ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const { keys, managementTokens, projects, invitations } = tx.t;
    const [live] = await tx.q
      .select({ keys: count() })
      .from(keys)
      .where(and(eq(keys.projectId, project.id), isNull(keys.revokedAt)));
    if (live && live.keys > 0) {
      throw new DomainError(
        "conflict",
        `The project still has ${plural(live.keys, "key")}. Revoke them first.`,
      );
    }
    const now = ctx.now();
    await tx.q.update(projects).set({ deletedAt: now }).where(eq(projects.id, project.id));
    await tx.q
      .update(invitations)
      .set({ withdrawnAt: now })
      .where(and(eq(invitations.projectId, project.id), isNull(invitations.acceptedAt)));
    await tx.q
      .update(managementTokens)
      .set({ revokedAt: now })
      .where(and(eq(managementTokens.projectId, project.id), isNull(managementTokens.revokedAt)));
    await endAllSubscriptions(tx, { projectId: project.id }, now);
    await recordChange(tx, { kind: "project", subject: project.id }, now);
    await recordAudit(tx, ctx, { action: "project.deleted", projectId: project.id, subject: project });
    await notify(tx, ctx, {
      kind: "project.deleted",
      projectId: project.id,
      subject: project,
      channels: WEBHOOKS_ONLY,
    });
  });
}
