import { and, eq, gte, sql } from "drizzle-orm";
import type { UsageInterval } from "#db/tables/usage.ts";
import { requireProjectRole } from "../access.ts";
import type { Ctx, Verb } from "../context.ts";
import { mustFindKey } from "../keys/find.ts";
import { isoOrNull } from "../time.ts";
import { BUCKET_MS } from "./range.ts";
import type { RecentTrafficInput } from "./schemas.ts";
import type { RecentTraffic, TrafficCount } from "./types.ts";

/** How much a key was used in the last hour and the last day: what stands to break when it is taken away. */
export async function recentTraffic({ ctx, input }: Verb<RecentTrafficInput>): Promise<RecentTraffic> {
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const key = await mustFindKey(ctx.db.read, input);
  return {
    lastHour: await countSince(ctx, input, "minute", BUCKET_MS.hour),
    lastDay: await countSince(ctx, input, "hour", BUCKET_MS.day),
    lastUsedAt: isoOrNull(key.lastUsedAt),
  };
}

async function countSince(
  ctx: Ctx,
  { projectId, keyId }: RecentTrafficInput,
  interval: UsageInterval,
  spanMs: number,
): Promise<TrafficCount> {
  const { q, t } = ctx.db.read;
  const bucketMs = BUCKET_MS[interval];
  const [row] = await q
    .select({
      valid:
        sql<number>`coalesce(sum(case when ${t.usage.code} = 'VALID' then ${t.usage.count} end), 0)`.mapWith(
          Number,
        ),
      all: sql<number>`coalesce(sum(${t.usage.count}), 0)`.mapWith(Number),
    })
    .from(t.usage)
    .where(
      and(
        eq(t.usage.interval, interval),
        eq(t.usage.projectId, projectId),
        eq(t.usage.keyId, keyId),
        gte(t.usage.bucket, Math.floor((ctx.now() - spanMs) / bucketMs) * bucketMs),
      ),
    );
  return { valid: row?.valid ?? 0, refused: (row?.all ?? 0) - (row?.valid ?? 0) };
}
