import { eq } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { ServiceToken } from "./types.ts";

/** Service tokens as administrators see them, to be filtered, sorted and cut. Never with the hash. */
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

export type ServiceTokenRow = Awaited<ReturnType<typeof selectServiceTokens>>[number];

export function presentServiceToken(row: ServiceTokenRow): ServiceToken {
  const { createdAt, createdBy, createdByName, revokedAt, ...rest } = row;
  return {
    ...rest,
    createdAt: iso(createdAt),
    // Made at the terminal, it was nobody's.
    createdBy: { id: createdBy, name: createdByName ?? "Latchkey" },
    revokedAt: isoOrNull(revokedAt),
  };
}
