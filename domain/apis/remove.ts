import { and, eq, isNull } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { recordAudit } from "../audit/record.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { mustFindApi } from "./present.ts";
import type { ApiInput } from "./schemas.ts";

/**
 * Takes an API out of the catalogue, and out of every project that enabled it. Refused while a service
 * token is bound to it: that service would have nothing left to ask about. Administrators only.
 */
export async function deleteApi({ ctx, input }: Verb<ApiInput>): Promise<void> {
  requireAdmin(ctx);
  await ctx.db.write(async (tx) => {
    const { apis, projectApis, serviceTokens } = tx.t;
    const api = await mustFindApi(tx, input.slug);
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
    // Revoked tokens stay for the record, bound to nothing: they are refused whatever they ask about.
    await tx.q.update(serviceTokens).set({ apiId: null }).where(eq(serviceTokens.apiId, api.id));
    await tx.q.delete(apis).where(eq(apis.id, api.id));
    await recordChange(tx, { kind: "api", subject: api.id }, now);
    for (const { projectId } of users) await recordChange(tx, { kind: "project", subject: projectId }, now);
    await recordAudit(tx, ctx, {
      action: "api.deleted",
      subject: api,
      before: { slug: api.slug, projects: users.length },
    });
  });
}
