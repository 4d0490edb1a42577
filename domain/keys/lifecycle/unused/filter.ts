import { and, eq, gt, isNotNull, isNull, lte, notExists, type SQL, sql } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { idleSince } from "#db/tables/keys.ts";
import { whereKeys } from "../../filter.ts";
import type { UnusedFilter } from "./schema.ts";

/** Keys idle since this time or longer are listed, epoch ms. */
export function idleUntil(days: number, nowMs: number): number {
  return nowMs - days * DAY_MS;
}

/** Since when the key is unused, epoch ms. */
export function idle({ t: { keys } }: Scope): SQL<number> {
  return sql<number>`${idleSince(keys)}`.mapWith(Number);
}

/** Matches unused keys that are not revoked, enabled or not. */
export function whereUnused(scope: Scope, filter: UnusedFilter, nowMs: number): SQL | undefined {
  const { keys } = scope.t;
  const { unusedForDays, used, environment, restricted, projectId } = filter;
  return and(
    isNull(keys.revokedAt),
    lte(idle(scope), idleUntil(unusedForDays, nowMs)),
    used && (used === "never" ? isNull(keys.lastUsedAt) : isNotNull(keys.lastUsedAt)),
    whereKeys(scope, { environment, restricted }, nowMs),
    projectId === undefined ? undefined : eq(keys.projectId, projectId),
  );
}

/** Not in suspended projects, where nobody could use them. */
export function notSuspended({ q, t: { keys, projects } }: Scope): SQL {
  return notExists(
    q
      .select({ one: sql`1` })
      .from(projects)
      .where(and(eq(projects.id, keys.projectId), isNotNull(projects.suspendedAt))),
  );
}

/** Not exempt from the policy for unused keys. */
export function notExempt({ q, t: { exemptions, keys } }: Scope, nowMs: number): SQL {
  return notExists(
    q
      .select({ one: sql`1` })
      .from(exemptions)
      .where(and(eq(exemptions.keyId, keys.id), gt(exemptions.until, nowMs))),
  );
}
