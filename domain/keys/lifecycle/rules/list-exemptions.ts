import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { requireAdmin, type Verb } from "../../../context.ts";
import { afterRow, pageOf, readCursor } from "../../../lists.ts";
import type { ExemptionPage, ListExemptionsInput } from "./schema.ts";

/** The keys that are exempt from a policy, first ending first. Administrators only. */
export async function listExemptions({ ctx, input }: Verb<ListExemptionsInput>): Promise<ExemptionPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { keys, projects } = t;
  const { policy, projectId, limit } = input;
  const exemptions = policy === "unused" ? t.exemptions : t.ruleExemptions;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await q
    .select({
      id: keys.id,
      name: keys.name,
      projectId: projects.id,
      projectName: projects.name,
      reason: exemptions.reason,
      until: exemptions.until,
      createdAt: exemptions.createdAt,
      by: exemptions.createdByName,
    })
    .from(exemptions)
    .innerJoin(keys, eq(keys.id, exemptions.keyId))
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .where(
      and(
        gt(exemptions.until, ctx.now()),
        isNull(keys.revokedAt),
        isNull(projects.deletedAt),
        projectId === undefined ? undefined : eq(keys.projectId, projectId),
        after ? afterRow([exemptions.until, exemptions.keyId], after) : undefined,
      ),
    )
    .orderBy(asc(exemptions.until), asc(exemptions.keyId))
    .limit(limit + 1);
  return pageOf(
    rows,
    limit,
    ({ until, id }) => [until, id],
    (row) => ({
      key: { id: row.id, name: row.name },
      project: { id: row.projectId, name: row.projectName },
      reason: row.reason,
      until: iso(row.until),
      createdAt: iso(row.createdAt),
      by: row.by,
    }),
    ctx.settings.bounds.responseBytes,
  );
}
