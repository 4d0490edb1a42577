import { and, eq, gte, inArray, isNotNull, isNull } from "drizzle-orm";
import { periodAt } from "#core/limits/period.ts";
import type { Period } from "#core/limits/types.ts";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { type HeldQuota, quotasIn } from "../../keys/limits/quota.ts";
import type { Finding, Watched } from "./finding.ts";

const PART = 200;

/** Quotas of the project and its keys that reached the percentage, each once per period and limit. */
export async function findQuotas(
  { db }: Ctx,
  { alert, project, nowMs }: Watched,
  { percent }: { percent: number },
): Promise<Finding[]> {
  const quotas = await quotasOf(db.read, project, nowMs);
  const periods = [...new Set(quotas.map(({ period }) => period))];
  const used = new Map<Period, Map<string, number>>();
  for (const period of periods) used.set(period, await unitsByKey(db.read, project.id, period, nowMs));
  const findings = quotas.flatMap((quota): Finding[] => {
    const { scope, subject, limit, period } = quota;
    const { start, end } = periodAt(period, nowMs);
    const units = used.get(period) ?? new Map<string, number>();
    const count = scope === "key" ? (units.get(subject.id) ?? 0) : sumOf(units);
    if (count * 100 < limit * percent) return [];
    return [
      {
        kind: "alert.quota",
        subject,
        data: {
          ...{ scope, limit, period, used: count, threshold: percent },
          percent: Math.floor((count * 100) / limit),
          resetAt: iso(end),
        },
        // A changed limit is a new quota.
        once: `${scope}:${subject.id}:${period}:${start}:${limit}:${percent}`,
      },
    ];
  });
  return notFired(db.read, alert.id, findings);
}

async function quotasOf(
  { q, t: { keys, projects } }: Scope,
  { id: projectId }: { id: string },
  nowMs: number,
): Promise<HeldQuota[]> {
  const [project] = await q.select().from(projects).where(eq(projects.id, projectId));
  if (!project) return [];
  const holder = { projectId, subject: { id: projectId, name: project.name } };
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
  return [
    ...quotasIn(project.limits, { scope: "project", ...holder }),
    ...quotasIn(project.ceiling, { scope: "ceiling", ...holder }),
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

/** Without those that were notified: they stay over the threshold until the period ends. */
async function notFired(
  { q, t: { events } }: Scope,
  alertId: string,
  findings: Finding[],
): Promise<Finding[]> {
  const fired = new Set<string>();
  for (let at = 0; at < findings.length; at += PART) {
    const texts = findings.slice(at, at + PART).map(({ once }) => `alert:${alertId}:${once}`);
    const rows = await q.select({ once: events.once }).from(events).where(inArray(events.once, texts));
    for (const { once } of rows) if (once !== null) fired.add(once);
  }
  return findings.filter(({ once }) => !fired.has(`alert:${alertId}:${once}`));
}
