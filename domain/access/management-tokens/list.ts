import { and, desc, eq, isNull, lt, or, type SQL } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { requireUser, type Verb } from "../../context.ts";
import type { Person } from "../../fields.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { requireProjectRole } from "../project-access.ts";
import { olderSecretOf } from "../token-rotation.ts";
import type {
  ListManagementTokensInput,
  ListProjectTokensInput,
  ManagementToken,
  ManagementTokenPage,
  ProjectToken,
  ProjectTokenPage,
} from "./schema.ts";

/** The columns of a response. Never a hash. */
export function managementTokenFields({ managementTokens }: Tables) {
  return {
    id: managementTokens.id,
    role: managementTokens.role,
    name: managementTokens.name,
    hint: managementTokens.hint,
    scopes: managementTokens.scopes,
    allowedIps: managementTokens.allowedIps,
    createdAt: managementTokens.createdAt,
    expiresAt: managementTokens.expiresAt,
    olderHint: managementTokens.olderHint,
    olderEndsAt: managementTokens.olderEndsAt,
    olderUsedAt: managementTokens.olderUsedAt,
    lastUsedAt: managementTokens.lastUsedAt,
    lastUsedFrom: managementTokens.lastUsedFrom,
    revokedAt: managementTokens.revokedAt,
  };
}

/** The user's own management tokens, including revoked ones, newest first. */
export async function listManagementTokens({
  ctx,
  input,
}: Verb<ListManagementTokensInput>): Promise<ManagementTokenPage> {
  const { userId } = requireUser(ctx);
  const { q, t } = ctx.db.read;
  const { managementTokens } = t;
  const rows = await q
    .select(managementTokenFields(t))
    .from(managementTokens)
    .where(and(eq(managementTokens.userId, userId), olderThan(t, input.cursor)))
    .orderBy(...newestFirst(t))
    .limit(input.limit + 1);
  const now = ctx.now();
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt, row.id],
    (row) => presentManagementToken(row, now),
  );
}

/**
 * A project's management tokens that are not revoked, newest first. Viewers can't see them: they show where the
 * project's scripts run.
 */
export async function listProjectTokens({
  ctx,
  input,
}: Verb<ListProjectTokensInput>): Promise<ProjectTokenPage> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "developer");
  const { q, t } = ctx.db.read;
  const { managementTokens, users } = t;
  const rows = await q
    .select({ ...managementTokenFields(t), createdBy: { id: users.id, name: users.name } })
    .from(managementTokens)
    .innerJoin(users, eq(users.id, managementTokens.createdBy))
    .where(
      and(
        eq(managementTokens.projectId, input.projectId),
        isNull(managementTokens.revokedAt),
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
    ({ createdBy, ...row }) => presentProjectToken(row, createdBy, now),
  );
}

/** The order of lists of management tokens. */
export function newestFirst({ managementTokens: { createdAt, id } }: Tables): SQL[] {
  return [desc(createdAt), desc(id)];
}

/** The rows after the cursor in that order; all of them without a cursor. */
export function olderThan(
  { managementTokens: { createdAt, id } }: Tables,
  cursor: string | undefined,
): SQL | undefined {
  const after = readCursor(cursor, ["number", "text"]);
  return after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined;
}

export type ManagementTokenRow = Pick<
  Tables["managementTokens"]["$inferSelect"],
  keyof ReturnType<typeof managementTokenFields>
>;

/** A row as a management token in a response. */
export function presentManagementToken(row: ManagementTokenRow, nowMs: number): ManagementToken {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    allowedIps: row.allowedIps,
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    older: olderSecretOf(row, nowMs),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    lastUsedFrom: row.lastUsedFrom,
    revokedAt: isoOrNull(row.revokedAt),
  };
}

/** A row as a project's management token in a response. */
export function presentProjectToken(row: ManagementTokenRow, createdBy: Person, nowMs: number): ProjectToken {
  // Every token of a project has a role; without one it could do the least.
  return { ...presentManagementToken(row, nowMs), role: row.role ?? "viewer", createdBy };
}
