import { and, desc, eq, lt, or } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import type { ListServiceTokensInput, ServiceToken, ServiceTokenPage } from "./schema.ts";

/** A query for service tokens that callers filter, sort and limit. It never reads the hash. */
export function selectServiceTokens({ q, t }: Scope) {
  const { serviceTokens, apis, users } = t;
  return q
    .select({
      id: serviceTokens.id,
      name: serviceTokens.name,
      hint: serviceTokens.hint,
      api: apis.slug,
      trustedProxies: serviceTokens.trustedProxies,
      createdAt: serviceTokens.createdAt,
      createdBy: serviceTokens.createdBy,
      createdByName: users.name,
      revokedAt: serviceTokens.revokedAt,
    })
    .from(serviceTokens)
    .leftJoin(apis, eq(apis.id, serviceTokens.apiId))
    .leftJoin(users, eq(users.id, serviceTokens.createdBy));
}

type ServiceTokenRow = Awaited<ReturnType<typeof selectServiceTokens>>[number];

export function presentServiceToken(row: ServiceTokenRow): ServiceToken {
  const { createdAt, createdBy, createdByName, revokedAt, ...rest } = row;
  return {
    ...rest,
    createdAt: iso(createdAt),
    // Created on the command line, without a user.
    createdBy: { id: createdBy, name: createdByName ?? "Latchkey" },
    revokedAt: isoOrNull(revokedAt),
  };
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
  return pageOf(rows, input.limit, (row) => [row.createdAt, row.id], presentServiceToken);
}
