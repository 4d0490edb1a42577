import { and, eq, gt, gte, inArray, isNotNull, isNull } from "drizzle-orm";
import { periodAt } from "#core/limits/period.ts";
import type { Period } from "#core/limits/types.ts";
import { HOUR_MS, iso } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { planLimits } from "../../keys/limits/meters.ts";
import { namesOf, type OwnedQuota, quotaId, quotasIn, unitsSince } from "../../keys/limits/quota.ts";
import type { AlertFinding, AlertToEvaluate } from "./finding.ts";

/** Names per query. */
const BATCH_SIZE = 200;
/** An alert fires at most this often per hour for one quota, because its limit can be changed any number of times. */
const MAX_PER_HOUR = 3;

/** Quotas of the project, its keys and its plans that reached the percentage, each once per period and limit. */
export async function findQuotas(
  { db }: Ctx,
  { alert, project, nowMs, reads }: AlertToEvaluate,
  { percent }: { percent: number },
): Promise<AlertFinding[]> {
  const quotas = await reads.once("quotas", () => usedQuotas(db, project, nowMs));
  const recent = await reads.once("quota alerts", () => recentAlerts(db.read, project.id, nowMs));
  const findings: AlertFinding[] = [];
  for (const { quota, used } of quotas) {
    const { scope, subject, limit, period, policy } = quota;
    const isRepeated = (recent.get(`${alert.id} ${quotaId(quota)}`) ?? 0) >= MAX_PER_HOUR;
    if (used * 100 < limit * percent || isRepeated) continue;
    const { start, end } = periodAt(period, nowMs);
    findings.push({
      kind: "alert.quota",
      subject,
      data: {
        scope,
        limit,
        period,
        used,
        threshold: percent,
        percent: Math.floor((used * 100) / limit),
        resetAt: iso(end),
        ...(await reads.once(`names ${quotaId(quota)}`, () => namesOf(db.read, policy))),
      },
      // A changed limit is a new quota.
      once: `${quotaId(quota)}:${start}:${limit}:${percent}`,
    });
  }
  return notFired(db.read, alert.id, findings);
}

/** All quotas that the project's requests count against, with the units that are used. */
async function usedQuotas(db: Db, { id: projectId }: { id: string }, nowMs: number) {
  const quotas = await quotasOf(db, projectId, nowMs);
  const units = new Map<Period, Map<string, number>>();
  for (const period of new Set(quotas.map((quota) => quota.period))) {
    units.set(period, await unitsByKey(db.read, projectId, period, nowMs));
  }
  const used: { quota: OwnedQuota; used: number }[] = [];
  for (const quota of quotas) {
    const { scope, subject, period, policy } = quota;
    const byKey = units.get(period) ?? new Map<string, number>();
    const count = policy
      ? await unitsSince(db.read, { projectId, policy }, "day", periodAt(period, nowMs).start)
      : scope === "key"
        ? (byKey.get(subject.id) ?? 0)
        : sumOf(byKey);
    used.push({ quota, used: count });
  }
  return used;
}

async function quotasOf(db: Db, projectId: string, nowMs: number): Promise<OwnedQuota[]> {
  const { q, t } = db.read;
  const { keys, projects } = t;
  const [project] = await q.select().from(projects).where(eq(projects.id, projectId));
  if (!project) return [];
  const owner = { projectId, subject: { id: projectId, name: project.name } };
  const rows = await q
    .select({ id: keys.id, name: keys.name, limits: keys.limits })
    .from(keys)
    .where(
      and(
        eq(keys.projectId, projectId),
        isNotNull(keys.limits),
        isNull(keys.revokedAt),
        gte(keys.lastUsedAt, periodAt("month", nowMs).start),
      ),
    );
  const ofPlans = await planLimits(db, projectId, nowMs);
  return [
    ...quotasIn(project.limits, { scope: "project", ...owner }),
    ...quotasIn(project.ceiling, { scope: "ceiling", ...owner }),
    ...ofPlans.flatMap((limit): OwnedQuota[] =>
      limit.kind === "quota" && limit.policy
        ? [{ ...limit.quota, scope: "plan", ...owner, policy: limit.policy }]
        : [],
    ),
    ...rows.flatMap(({ id, name, limits }) =>
      quotasIn(limits, { scope: "key", projectId, subject: { id, name } }),
    ),
  ];
}

async function unitsByKey(
  scope: Scope,
  projectId: string,
  period: Period,
  nowMs: number,
): Promise<Map<string, number>> {
  const sums = await sumUsage(scope, {
    buckets: [{ interval: "day", from: periodAt(period, nowMs).start }],
    where: { projectId: [projectId] },
    by: ["keyId"],
    sums: ["units"],
  });
  return new Map(sums.map(({ keyId, units }) => [keyId, units]));
}

const sumOf = (units: ReadonlyMap<string, number>) => [...units.values()].reduce((sum, n) => sum + n, 0);

/** How often each alert of the project fired for each quota in the last hour, by the id of the alert and of the quota. */
async function recentAlerts(
  { q, t: { events } }: Scope,
  projectId: string,
  nowMs: number,
): Promise<Map<string, number>> {
  const rows = await q
    .select({ once: events.once })
    .from(events)
    .where(
      and(eq(events.projectId, projectId), eq(events.kind, "alert.quota"), gt(events.at, nowMs - HOUR_MS)),
    );
  const counts = new Map<string, number>();
  for (const { once } of rows) {
    // As in `fire`: "alert:", the alert, the quota, and the start of the period, the limit and the percentage.
    const [, alertId = "", quota = ""] = /^alert:([^:]+):(.*):\d+:\d+:\d+$/s.exec(once ?? "") ?? [];
    counts.set(`${alertId} ${quota}`, (counts.get(`${alertId} ${quota}`) ?? 0) + 1);
  }
  return counts;
}

/** Without those that were notified: they stay over the threshold until the period ends. */
async function notFired(
  { q, t: { events } }: Scope,
  alertId: string,
  findings: AlertFinding[],
): Promise<AlertFinding[]> {
  const fired = new Set<string>();
  for (let at = 0; at < findings.length; at += BATCH_SIZE) {
    const texts = findings.slice(at, at + BATCH_SIZE).map(({ once }) => `alert:${alertId}:${once}`);
    const rows = await q.select({ once: events.once }).from(events).where(inArray(events.once, texts));
    for (const { once } of rows) if (once !== null) fired.add(once);
  }
  return findings.filter(({ once }) => !fired.has(`alert:${alertId}:${once}`));
}
