import { and, desc, eq, lt, or } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireAdmin, SYSTEM_NAME, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { olderSecretOf } from "../token-rotation.ts";
import type { ListServiceTokensInput, ServiceToken, ServiceTokenPage } from "./schema.ts";

/** A query for service tokens that callers filter, sort and limit. It never reads the hash. */
function selectServiceTokens({ q, t }: Scope) {
  const { serviceTokens, apis, users } = t;
  return q
    .select({
      id: serviceTokens.id,
      name: serviceTokens.name,
      hint: serviceTokens.hint,
      api: apis.slug,
      trustedProxies: serviceTokens.trustedProxies,
      localVerification: serviceTokens.localVerification,
      createdAt: serviceTokens.createdAt,
      createdBy: serviceTokens.createdBy,
      createdByName: users.name,
      expiresAt: serviceTokens.expiresAt,
      olderHint: serviceTokens.olderHint,
      olderEndsAt: serviceTokens.olderEndsAt,
      olderUsedAt: serviceTokens.olderUsedAt,
      lastUsedAt: serviceTokens.lastUsedAt,
      revokedAt: serviceTokens.revokedAt,
    })
    .from(serviceTokens)
    .leftJoin(apis, eq(apis.id, serviceTokens.apiId))
    .leftJoin(users, eq(users.id, serviceTokens.createdBy));
}

type ServiceTokenRow = Awaited<ReturnType<typeof selectServiceTokens>>[number];

function presentServiceToken(row: ServiceTokenRow, nowMs: number): ServiceToken {
  return {
    id: row.id,
    name: row.name,
    api: row.api,
    trustedProxies: row.trustedProxies,
    localVerification: row.localVerification,
    hint: row.hint,
    createdAt: iso(row.createdAt),
    // Created on the command line, without a user.
    createdBy: { id: row.createdBy, name: row.createdByName ?? SYSTEM_NAME },
    expiresAt: isoOrNull(row.expiresAt),
    older: olderSecretOf(row, nowMs),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  };
}

/** One service token, read in the transaction that wrote it. */
export async function readServiceToken(scope: Scope, id: string, nowMs: number): Promise<ServiceToken> {
  const [row] = await selectServiceTokens(scope).where(eq(scope.t.serviceTokens.id, id));
  if (!row) throw notFound("service token");
  return presentServiceToken(row, nowMs);
}

/** All service tokens, including revoked ones, newest first. Administrators only. */
export async function listServiceTokens({
  ctx,
  input,
}: Verb<ListServiceTokensInput>): Promise<ServiceTokenPage> {
  requireAdmin(ctx);
  const { createdAt, id } = ctx.db.read.t.serviceTokens;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await selectServiceTokens(ctx.db.read)
    .where(after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined)
    .orderBy(desc(createdAt), desc(id))
    .limit(input.limit + 1);
  const now = ctx.now();
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt, row.id],
    (row) => presentServiceToken(row, now),
  );
}
