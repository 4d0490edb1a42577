import { and, eq, gte } from "drizzle-orm";
import { networkOf, USUAL_NETWORK } from "#core/network.ts";
import { OTHERS } from "#core/other-values.ts";
import { BUCKET_MS, isoOrNull, startOf } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Ctx, Verb } from "../context.ts";
import { mustFindKey } from "../keys/find.ts";
import type { Networks, RecentTraffic, RecentTrafficInput, TrafficCount } from "./schema.ts";

/** A key's requests in the last hour and the last day: what breaks if it is revoked. */
export async function recentTraffic({ ctx, input }: Verb<RecentTrafficInput>): Promise<RecentTraffic> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const key = await mustFindKey(ctx.db.read, input);
  return {
    lastHour: await trafficSince(ctx, input, "minute", BUCKET_MS.hour),
    lastDay: await trafficSince(ctx, input, "hour", BUCKET_MS.day),
    lastUsedAt: isoOrNull(key.lastUsedAt),
  };
}

async function trafficSince(ctx: Ctx, input: RecentTrafficInput, interval: UsageInterval, spanMs: number) {
  const from = startOf(BUCKET_MS[interval], ctx.now() - spanMs);
  const count = await countSince(ctx, input, interval, from);
  return { ...count, from: await networksSince(ctx, input.keyId, from) };
}

async function countSince(
  ctx: Ctx,
  { projectId, keyId }: RecentTrafficInput,
  interval: UsageInterval,
  from: number,
): Promise<TrafficCount> {
  const [row] = await sumUsage(ctx.db.read, {
    buckets: [{ interval, from }],
    where: { projectId: [projectId], keyId: [keyId] },
    by: [],
    sums: ["checks", "denied"],
  });
  const { checks, denied } = row ?? { checks: 0, denied: 0 };
  return { valid: checks - denied, denied };
}

/** Observations are stored per day, with the time of the last one. */
async function networksSince(ctx: Ctx, keyId: string, from: number): Promise<Networks> {
  const { q, t } = ctx.db.read;
  const { clientObservations } = t;
  const rows = await q
    .selectDistinct({ value: clientObservations.value })
    .from(clientObservations)
    .where(
      and(
        eq(clientObservations.keyId, keyId),
        eq(clientObservations.kind, "address"),
        gte(clientObservations.day, startOf(BUCKET_MS.day, from)),
        gte(clientObservations.lastSeenAt, from),
      ),
    );
  const addresses = rows.map(({ value }) => value).filter((value) => value !== "" && value !== OTHERS);
  return {
    count: new Set(addresses.map((address) => networkOf(address, USUAL_NETWORK))).size,
    orMore: rows.some(({ value }) => value === OTHERS),
  };
}
