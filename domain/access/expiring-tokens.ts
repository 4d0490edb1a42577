import { and, count, eq, gt, isNull, lte, or, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { DAY_MS } from "#core/time.ts";
import type { Scope } from "#db/open.ts";

const WITHIN_MS = 7 * DAY_MS;

/** How many tokens in use are about to expire, by whose they are. */
export interface ExpiringTokens {
  user: number;
  project: number;
  service: number;
}

interface Columns {
  revokedAt: PgColumn;
  expiresAt: PgColumn;
  lastUsedAt: PgColumn;
  olderEndsAt: PgColumn;
  olderUsedAt: PgColumn;
}

/**
 * Counts the tokens that expire within 7 days and were used within 7 days, and those whose older secret ends within 7
 * days and was used within 7 days: their programs will stop working. Tokens that nobody uses may expire, and so may
 * those of disabled users.
 */
export async function countExpiringTokens({ q, t }: Scope, nowMs: number): Promise<ExpiringTokens> {
  const { managementTokens: management, serviceTokens: service, users } = t;
  const endsSoon = (end: PgColumn, usedAt: PgColumn): SQL | undefined =>
    and(gt(end, nowMs), lte(end, nowMs + WITHIN_MS), gt(usedAt, nowMs - WITHIN_MS));
  const isExpiring = ({ revokedAt, expiresAt, lastUsedAt, olderEndsAt, olderUsedAt }: Columns) =>
    and(isNull(revokedAt), or(endsSoon(expiresAt, lastUsedAt), endsSoon(olderEndsAt, olderUsedAt)));
  const [ofUsers] = await q
    .select({ n: count() })
    .from(management)
    .innerJoin(users, eq(users.id, management.userId))
    .where(and(isExpiring(management), isNull(users.disabledAt)));
  return {
    user: ofUsers?.n ?? 0,
    project: await q.$count(management, and(isExpiring(management), isNull(management.userId))),
    service: await q.$count(service, isExpiring(service)),
  };
}
