import { inArray } from "drizzle-orm";
import { BUCKET_MS, startOf } from "#core/time.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { countUsage, usageOf } from "./count.ts";
import { type UsageRange, usageRange } from "./range.ts";
import type { ProjectTraffic, ReadSiteUsageInput, SiteUsage } from "./schema.ts";

/** How many projects are listed. */
const BUSIEST = 10;

/**
 * The site's requests by code, including those with unknown secrets, with the projects with most requests in the
 * range, and the current rate. Administrators only.
 */
export async function readSiteUsage({ ctx, input }: Verb<ReadSiteUsageInput>): Promise<SiteUsage> {
  requireAdmin(ctx);
  const range = usageRange(input, ctx.now());
  const [rows, projects, now] = await Promise.all([
    countUsage(ctx.db.read, { groupBy: "code" }, range),
    busiest(ctx, range),
    lastMinute(ctx),
  ]);
  return { usage: usageOf(rows, range, new Map()), projects, now };
}

async function busiest({ db }: Ctx, range: UsageRange): Promise<ProjectTraffic[]> {
  const busy = await sumUsage(db.read, {
    buckets: [range],
    // Unknown secrets have no project.
    onlyKnown: true,
    by: ["projectId"],
    sums: ["checks", "denied"],
    largest: BUSIEST,
  });
  const { q, t } = db.read;
  const named = await q
    .select({ id: t.projects.id, name: t.projects.name, deletedAt: t.projects.deletedAt })
    .from(t.projects)
    .where(
      inArray(
        t.projects.id,
        busy.map(({ projectId }) => projectId),
      ),
    );
  const byId = new Map(named.map((project) => [project.id, project]));
  return busy.flatMap((traffic) => {
    const project = byId.get(traffic.projectId);
    return project ? [{ ...traffic, name: project.name, deleted: project.deletedAt !== null }] : [];
  });
}

/** The last full minute. Its requests may arrive here some seconds later. */
async function lastMinute(ctx: Ctx): Promise<SiteUsage["now"]> {
  const to = startOf(BUCKET_MS.minute, ctx.now());
  const [row] = await sumUsage(ctx.db.read, {
    buckets: [{ interval: "minute", from: to - BUCKET_MS.minute, to }],
    by: [],
    sums: ["checks", "denied"],
  });
  return row ?? { checks: 0, denied: 0 };
}
