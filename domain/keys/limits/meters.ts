import { periodAt } from "#core/limits/period.ts";
import type { Limit, LimitScope, Limits, Quota } from "#core/limits/types.ts";
import { DAY_MS, HOUR_MS, iso, startOf } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import { loadProject } from "#engine/cache/load-facts.ts";
import { loadApiPlans, planLimitsOf } from "#engine/cache/load-plans.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { mustFindKey } from "../find.ts";
import { type UnitsOf, unitsSince } from "./quota.ts";
import type { LimitMeters, QuotaMeter, ReadLimitMetersInput } from "./schema.ts";

/** The forecast of a quota is based on the use in this time before now. */
const PACE_MS = { day: DAY_MS, month: 7 * DAY_MS };

/** The limits of a key and its project, or of a project alone: their use and forecast. */
export async function readLimitMeters({ ctx, input }: Verb<ReadLimitMetersInput>): Promise<LimitMeters> {
  const scope = ctx.db.read;
  const { projectId, keyId } = input;
  const { project } = await requireProjectRole(scope, ctx, projectId, "viewer");
  const key = keyId === undefined ? null : await mustFindKey(scope, { projectId, keyId });
  const now = ctx.now();
  const scopes: { scope: LimitScope; limits: Limits | null; owner: UnitsOf; since: number }[] = [
    ...(key
      ? [{ scope: "key" as const, limits: key.limits, owner: { projectId, keyId }, since: key.createdAt }]
      : []),
    { scope: "project", limits: project.limits, owner: { projectId }, since: project.createdAt },
    { scope: "ceiling", limits: project.ceiling, owner: { projectId }, since: project.createdAt },
  ];
  const plans = await planLimits(ctx.db, projectId, now);
  const quotas = scopes.map(({ limits, ...holder }) =>
    limits?.quota ? meterOf(scope, { ...limits.quota, ...holder }, now) : null,
  );
  const planQuotas = plans.map((limit) => {
    if (limit.kind === "rate") return null;
    const owner = { projectId, policy: limit.policy };
    return meterOf(scope, { ...limit.quota, scope: limit.scope, owner, since: project.createdAt }, now);
  });
  return {
    rates: [
      ...scopes.flatMap(({ scope, limits }) =>
        limits?.rate ? [{ ...limits.rate, scope, policy: null }] : [],
      ),
      ...plans.flatMap((limit) =>
        limit.kind === "rate" ? [{ ...limit.rate, scope: limit.scope, policy: limit.policy ?? null }] : [],
      ),
    ],
    quotas: (await Promise.all([...quotas, ...planQuotas])).filter((meter) => meter !== null),
    refused: await deniedSince(scope, { projectId, keyId }, now - DAY_MS),
  };
}

/** The limits of the plans that a project is on. */
export async function planLimits(db: Db, projectId: string, nowMs: number): Promise<readonly Limit[]> {
  const project = await loadProject(db, projectId, nowMs);
  if (!project?.plans) return [];
  return planLimitsOf(project, await loadApiPlans(db, [...project.plans.keys()], nowMs), nowMs);
}

async function meterOf(
  db: Scope,
  quota: Quota & { scope: LimitScope; owner: UnitsOf; since: number },
  now: number,
): Promise<QuotaMeter> {
  const { scope, limit, period, owner, since } = quota;
  const { start, end } = periodAt(period, now);
  // In whole hours, the finest buckets that are stored so far back.
  const from = startOf(HOUR_MS, now - PACE_MS[period]);
  const [used, lately] = await Promise.all([
    unitsSince(db, owner, "day", start),
    unitsSince(db, owner, "hour", from),
  ]);
  const perMs = lately / Math.max(HOUR_MS, now - Math.max(from, since));
  const fullAt = now + (limit - used) / perMs;
  return {
    scope,
    limit,
    period,
    used,
    policy: owner.policy ?? null,
    resetAt: iso(end),
    forecast: Math.round(used + perMs * (end - now)),
    fullAt: used < limit && fullAt < end ? iso(Math.round(fullAt)) : null,
  };
}

async function deniedSince(scope: Scope, { projectId, keyId }: UnitsOf, from: number) {
  const rows = await sumUsage(scope, {
    buckets: [{ interval: "minute", from }],
    where: {
      projectId: [projectId],
      keyId: keyId === undefined ? undefined : [keyId],
      code: ["RATE_LIMITED", "QUOTA_EXCEEDED"],
    },
    by: ["code"],
    sums: ["checks"],
  });
  const checksOf = (code: string) => rows.find((row) => row.code === code)?.checks ?? 0;
  return { rate: checksOf("RATE_LIMITED"), quota: checksOf("QUOTA_EXCEEDED") };
}
