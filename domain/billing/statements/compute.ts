import { and, eq, gt, inArray, isNull, lt, or } from "drizzle-orm";
import {
  type BilledPlanPeriod,
  type OverridePeriod,
  type StatementLine,
  statementLines,
} from "#core/plans/statement.ts";
import { isInRange } from "#core/plans/terms.ts";
import { RETENTION_MS } from "#core/retention.ts";
import { DAY_MS } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { isClosed, readClosedMonths } from "./closed-months.ts";
import { type CalendarMonth, monthBefore } from "./months.ts";

/** Operations of one statement. Those with the fewest units are added up beyond. */
const MAX_LINES = 2_000;
/** The operation of a line that adds up several. */
const OTHERS = "(others)";
/** Usage is at most 31 days late: it can be of the month before or of the one before that. */
export const LATE_MONTHS = 2;

/**
 * The lines of a project's month as it is counted now: its own usage, and usage of earlier months that was counted after
 * their statements were closed.
 */
export async function computeLines(
  scope: Scope,
  projectId: string,
  month: CalendarMonth,
  nowMs: number,
): Promise<StatementLine[]> {
  const usage = await usageOf(scope, projectId, month, nowMs);
  const periods = await planPeriods(scope, projectId, month);
  const lines = boundLines(statementLines(month, usage, periods));
  return [...lines, ...(await lateLines(scope, projectId, month, nowMs))];
}

/** By hour, as long as hours are kept; by day before that. */
async function usageOf(scope: Scope, projectId: string, { start, end }: CalendarMonth, nowMs: number) {
  const interval = start > nowMs - RETENTION_MS.usageHours + DAY_MS ? "hour" : "day";
  const rows = await sumUsage(scope, {
    by: ["bucket", "api", "operation"],
    sums: ["checks", "units"],
    buckets: [{ interval, from: start, to: end }],
    where: { projectId: [projectId], code: ["VALID"] },
  });
  return rows.map(({ bucket, checks, ...row }) => ({ at: bucket, requests: checks, ...row }));
}

/** The plans of the project's subscriptions in the month, with all their versions and overrides. */
async function planPeriods(
  scope: Scope,
  projectId: string,
  month: CalendarMonth,
): Promise<BilledPlanPeriod[]> {
  const { q, t } = scope;
  const { start, end } = month;
  const { subscriptions: s, plans, planVersions } = t;
  const rows = await q
    .select({ subscription: s, plan: plans })
    .from(s)
    .innerJoin(plans, eq(plans.id, s.planId))
    .where(and(eq(s.projectId, projectId), lt(s.startsAt, end), or(isNull(s.endsAt), gt(s.endsAt, start))));
  const planIds = [...new Set(rows.map(({ plan }) => plan.id))];
  const versions =
    planIds.length === 0
      ? []
      : await q.select().from(planVersions).where(inArray(planVersions.planId, planIds));
  const overrides = await overridePeriods(scope, projectId, month);
  return rows.map(({ subscription, plan }) => ({
    api: plan.api,
    plan: { slug: plan.slug, name: plan.name },
    versions: versions.filter(({ planId }) => planId === plan.id),
    // As in `overrideOf`.
    overrides: overrides.filter(
      ({ planId, startsAt }) => planId === plan.id && isInRange(subscription, startsAt),
    ),
    startsAt: subscription.startsAt,
    endsAt: subscription.endsAt,
    trialEndsAt: subscription.trialEndsAt,
  }));
}

/** The project's overrides that were in effect in the month: past ones, and those that nobody replaced or removed. */
async function overridePeriods(
  { q, t }: Scope,
  projectId: string,
  { start, end }: CalendarMonth,
): Promise<(OverridePeriod & { planId: string })[]> {
  const { pastPlanOverrides: past, planOverrides: last } = t;
  // First: what is replaced meanwhile is in both.
  const lasting = await q
    .select({ planId: last.planId, terms: last.terms, startsAt: last.updatedAt, endsAt: last.endsAt })
    .from(last)
    .where(eq(last.projectId, projectId));
  const replaced = await q
    .select({ planId: past.planId, terms: past.terms, startsAt: past.startsAt, endsAt: past.endsAt })
    .from(past)
    .where(and(eq(past.projectId, projectId), lt(past.startsAt, end), gt(past.endsAt, start)));
  return [...replaced, ...lasting];
}

interface Counts {
  requests: number;
  units: number;
}

/** Usage of closed months that no closed statement contains, by API and operation. It has no price. */
async function lateLines(
  scope: Scope,
  projectId: string,
  month: CalendarMonth,
  nowMs: number,
): Promise<StatementLine[]> {
  const { statements } = scope.t;
  const closedMonths = await readClosedMonths(scope);
  const lines: StatementLine[] = [];
  for (let back = LATE_MONTHS; back > 0; back--) {
    const earlier = monthBefore(month, back);
    const closed = await scope.q
      .select({ month: statements.month, lines: statements.lines })
      .from(statements)
      .where(
        and(
          eq(statements.projectId, projectId),
          inArray(
            statements.month,
            Array.from({ length: back }, (_, at) => monthBefore(month, back - at).name),
          ),
        ),
      );
    // A statement that was read before the job closes the month is stored.
    const isStored = closed.some(({ month: name }) => name === earlier.name);
    if (!isStored && !isClosed(closedMonths, earlier)) continue;
    const billed = new Map<string, Counts>();
    for (const { month: name, lines: stored } of closed) {
      for (const line of stored) {
        const isOfMonth = line.kind === "late" ? line.month === earlier.name : name === earlier.name;
        if (isOfMonth && line.kind !== "fee") addTo(billed, line.api, line);
      }
    }
    const counted = new Map<string, Counts>();
    for (const row of await usageOf(scope, projectId, earlier, nowMs)) addTo(counted, row.api, row);
    for (const [api, counts] of [...counted].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const line = lateLine(api, earlier.name, counts, billed.get(api));
      if (line.requests > 0 || line.units > 0) lines.push(line);
    }
  }
  return lines;
}

function addTo(sums: Map<string, Counts>, name: string, { requests, units }: Counts): void {
  const sum = sums.get(name) ?? { requests: 0, units: 0 };
  sums.set(name, { requests: sum.requests + requests, units: sum.units + units });
}

/** The difference: counts only grow. */
function lateLine(api: string, month: string, counted: Counts, billed: Counts | undefined): StatementLine {
  const units = Math.max(0, counted.units - (billed?.units ?? 0));
  return {
    kind: "late",
    month,
    api,
    plan: null,
    trial: false,
    operation: null,
    requests: Math.max(0, counted.requests - (billed?.requests ?? 0)),
    units,
    included: units,
    over: 0,
    price: null,
    currency: null,
    amount: null,
  };
}

/** Lines of the same API, plan and price can be added up without changing a sum, but for rounding: these have no amount. */
function boundLines(lines: StatementLine[]): StatementLine[] {
  if (lines.length <= MAX_LINES) return lines;
  const removable = lines
    .filter(({ kind, over }) => kind === "usage" && over === 0)
    .sort((a, b) => a.units - b.units)
    .slice(0, lines.length - MAX_LINES);
  const removed = new Set(removable);
  const merged = new Map<string, StatementLine>();
  for (const line of removable) {
    const name = JSON.stringify([line.api, line.plan, line.trial, line.price, line.currency]);
    const sum = merged.get(name) ?? { ...line, operation: OTHERS, requests: 0, units: 0, included: 0 };
    sum.requests += line.requests;
    sum.units += line.units;
    sum.included += line.included;
    merged.set(name, sum);
  }
  return [...lines.filter((line) => !removed.has(line)), ...merged.values()];
}
