import { and, count, inArray, isNull } from "drizzle-orm";
import type { Scope } from "#db/open.ts";

/** How many keys of each project are not revoked; projects without any are left out. */
export async function countLiveKeys({ q, t }: Scope, projectIds: string[]): Promise<Map<string, number>> {
  const rows = await q
    .select({ projectId: t.keys.projectId, keys: count() })
    .from(t.keys)
    .where(and(inArray(t.keys.projectId, projectIds), isNull(t.keys.revokedAt)))
    .groupBy(t.keys.projectId);
  return new Map(rows.map((row) => [row.projectId, row.keys]));
}
