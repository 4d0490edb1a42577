import { and, desc, eq, lt, or } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { requireUser, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { olderSecretOf } from "../token-rotation.ts";
import type { ListManagementTokensInput, ManagementToken, ManagementTokenPage } from "./schema.ts";

/** The columns of a response. Never a hash. */
export function managementTokenFields({ managementTokens }: Tables) {
  return {
    id: managementTokens.id,
    name: managementTokens.name,
    hint: managementTokens.hint,
    scopes: managementTokens.scopes,
    allowedIps: managementTokens.allowedIps,
    createdAt: managementTokens.createdAt,
    expiresAt: managementTokens.expiresAt,
    olderHint: managementTokens.olderHint,
    olderEndsAt: managementTokens.olderEndsAt,
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
  const { id, createdAt } = managementTokens;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await q
    .select(managementTokenFields(t))
    .from(managementTokens)
    .where(
      and(
        eq(managementTokens.userId, userId),
        after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(input.limit + 1);
  const now = ctx.now();
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt, row.id],
    (row) => presentManagementToken(row, now),
  );
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
