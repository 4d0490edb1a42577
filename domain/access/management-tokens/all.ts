import { and, eq, isNull } from "drizzle-orm";
import { denyManagementTokens, requireAdmin, type Verb } from "../../context.ts";
import { pageOf } from "../../lists.ts";
import { managementTokenFields, newestFirst, olderThan, presentManagementToken } from "./list.ts";
import { revokeToken } from "./revoke.ts";
import type { AdminManagementTokenPage, ListAllManagementTokensInput, ManagementTokenRef } from "./schema.ts";

/** The management tokens of all users and projects that are not revoked, newest first. Administrators only. */
export async function listAllManagementTokens({
  ctx,
  input,
}: Verb<ListAllManagementTokensInput>): Promise<AdminManagementTokenPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { managementTokens, projects, users } = t;
  const rows = await q
    .select({
      ...managementTokenFields(t),
      user: { id: users.id, name: users.name },
      project: { id: projects.id, name: projects.name },
    })
    .from(managementTokens)
    .leftJoin(users, eq(users.id, managementTokens.userId))
    .leftJoin(projects, eq(projects.id, managementTokens.projectId))
    .where(
      and(
        isNull(managementTokens.revokedAt),
        isNull(users.disabledAt),
        input.expires === "never" ? isNull(managementTokens.expiresAt) : undefined,
        olderThan(t, input.cursor),
      ),
    )
    .orderBy(...newestFirst(t))
    .limit(input.limit + 1);
  const now = ctx.now();
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt, row.id],
    ({ user, project, ...row }) => ({ ...presentManagementToken(row, now), user, project }),
  );
}

/**
 * Revokes a management token of any user or project, immediately and permanently. Revoking twice is not an error.
 * Administrators only, and not by a management token.
 */
export async function revokeAnyManagementToken({ ctx, input }: Verb<ManagementTokenRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write((tx) => revokeToken(tx, ctx, input.managementTokenId));
}
