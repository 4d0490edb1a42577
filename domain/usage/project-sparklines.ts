import { and, eq, inArray } from "drizzle-orm";
import { BUCKET_MS } from "#core/time.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { type Ctx, requireUser, type Verb } from "../context.ts";
import type { ProjectSparklines, ProjectSparklinesInput } from "./schema.ts";

const DAYS = 7;

/**
 * Requests of several projects on the last seven days, including today. Projects that the user may not see are left
 * out.
 */
export async function projectSparklines({
  ctx,
  input,
}: Verb<ProjectSparklinesInput>): Promise<ProjectSparklines> {
  const ids = await visible(ctx, input.projectIds);
  if (ids.length === 0) return {};
  const firstDay = Math.floor(ctx.now() / BUCKET_MS.day) - (DAYS - 1);
  const rows = await sumUsage(ctx.db.read, {
    buckets: [{ interval: "day", from: firstDay * BUCKET_MS.day }],
    where: { projectId: ids },
    by: ["projectId", "bucket"],
    sums: ["checks", "denied"],
  });
  const weeks: ProjectSparklines = Object.fromEntries(
    ids.map((id) => [id, Array.from({ length: DAYS }, () => ({ valid: 0, denied: 0 }))]),
  );
  for (const { projectId, bucket, checks, denied } of rows) {
    const day = weeks[projectId]?.[bucket / BUCKET_MS.day - firstDay];
    if (day) Object.assign(day, { valid: checks - denied, denied });
  }
  return weeks;
}

async function visible(ctx: Ctx, ids: string[]): Promise<string[]> {
  const user = requireUser(ctx);
  if (user.siteRole === "admin" || ids.length === 0) return ids;
  const { q, t } = ctx.db.read;
  const rows = await q
    .select({ id: t.memberships.projectId })
    .from(t.memberships)
    .where(and(eq(t.memberships.userId, user.userId), inArray(t.memberships.projectId, ids)));
  return rows.map((row) => row.id);
}
