import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { isForeignKeyViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, requireAdmin, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { lockApi } from "../../plans/create.ts";
import { endAllSubscriptions } from "../../plans/subscriptions.ts";
import { mustFindApi } from "./find.ts";
import type { ApiRef } from "./schema.ts";

/**
 * Deletes an API, and disables it for every project, which ends their plans. Throws `conflict` while a service token is
 * bound to it, because that service could no longer verify anything. Administrators only.
 */
export async function deleteApi({ ctx, input }: Verb<ApiRef>): Promise<void> {
  requireAdmin(ctx);
  try {
    await ctx.db.write((tx) => remove(tx, ctx, input.slug));
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    const message = "A service token was just bound to this API. Revoke it first.";
    throw new DomainError("conflict", message);
  }
}

async function remove(tx: Tx, ctx: Ctx, slug: string): Promise<void> {
  const { apis, projectApis, serviceTokens } = tx.t;
  const api = await mustFindApi(tx, slug);
  // A concurrent choice of a plan commits before this lock or fails, so no subscription stays open.
  await lockApi(tx, api.id);
  const bound = await tx.q
    .select({ name: serviceTokens.name })
    .from(serviceTokens)
    .where(and(eq(serviceTokens.apiId, api.id), isNull(serviceTokens.revokedAt)));
  if (bound.length > 0) {
    throw new DomainError(
      "conflict",
      `Service tokens are bound to this API: ${bound.map(({ name }) => name).join(", ")}. Revoke them first.`,
    );
  }
  const now = ctx.now();
  const users = await tx.q
    .delete(projectApis)
    .where(eq(projectApis.apiId, api.id))
    .returning({ projectId: projectApis.projectId });
  // Revoked tokens are kept, unbound: they are rejected anyway. Unbinding a token created meanwhile would allow it
  // every API: it stays bound, and the API can't be deleted.
  await tx.q
    .update(serviceTokens)
    .set({ apiId: null })
    .where(and(eq(serviceTokens.apiId, api.id), isNotNull(serviceTokens.revokedAt)));
  await endAllSubscriptions(tx, { apiId: api.id }, now);
  await tx.q.delete(apis).where(eq(apis.id, api.id));
  await recordChange(tx, { kind: "api", subject: api.id }, now);
  for (const { projectId } of users) await recordChange(tx, { kind: "project", subject: projectId }, now);
  await recordAudit(tx, ctx, {
    action: "api.deleted",
    subject: api,
    before: { slug: api.slug, projects: users.length },
  });
}
