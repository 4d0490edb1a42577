import { eq } from "drizzle-orm";
import { periodAt } from "#core/limits/period.ts";
import type { LimitScope, Limits, PlanPolicy, Quota } from "#core/limits/types.ts";
import { iso } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { policyUnits } from "#engine/limits/policy-units.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { type NewNotification, notify } from "../../notifications/notify.ts";

/** Notifications are sent at these percentages of a quota, highest first. */
const QUOTA_MARKS = [100, 80] as const;

/** The owner of the quota. */
interface QuotaOwner {
  scope: LimitScope;
  projectId: string;
  /** The key, or the project. */
  subject: { id: string; name: string };
  /** With the scope `plan`: its limit. */
  policy?: PlanPolicy;
}

export interface OwnedQuota extends QuotaOwner, Quota {}

/** The quota of these limits with its owner; none if there is no quota. */
export function quotasIn(limits: Limits | null, owner: QuotaOwner): OwnedQuota[] {
  return limits?.quota ? [{ ...limits.quota, ...owner }] : [];
}

/** The notification that is due for a quota; null below 80 percent. */
export async function notificationOf(
  db: Scope,
  quota: OwnedQuota,
  nowMs: number,
): Promise<(NewNotification & { once: string }) | null> {
  const { scope, limit, period, projectId, subject, policy } = quota;
  const { start, end } = periodAt(period, nowMs);
  const keyId = scope === "key" ? subject.id : undefined;
  const used = await unitsSince(db, { projectId, keyId, policy }, "day", start);
  const percent = QUOTA_MARKS.find((mark) => used * 100 >= limit * mark);
  if (percent === undefined) return null;
  return {
    kind: percent === 100 ? "quota.exhausted" : "quota.nearing",
    projectId,
    subject,
    data: { scope, percent, limit, period, used, resetAt: iso(end), ...(await namesOf(db, policy)) },
    // A changed limit is a new quota: the person who raised it needs to hear about the new one.
    once: `quota:${quotaId(quota)}:${start}:${limit}:${percent}`,
    includesActor: true,
  };
}

/** Identifies a quota, whatever its limit is. */
export function quotaId({ scope, subject, policy, period }: OwnedQuota): string {
  return `${scope}:${subject.id}:${policy ? `${policy.api}/${policy.name}:` : ""}${period}`;
}

/** What an event says about the limit of a plan: `api` and `plan` are slugs, `apiName` is what people read. */
export async function namesOf(scope: Scope, policy: PlanPolicy | undefined) {
  if (!policy) return undefined;
  const { api, plan, name } = policy;
  const { apis } = scope.t;
  const [row] = await scope.q.select({ name: apis.name }).from(apis).where(eq(apis.slug, api));
  return { api, apiName: row?.name ?? api, plan, policy: name };
}

/**
 * Notifies immediately if a new quota is nearly or completely used up: there may be no further request to trigger it.
 */
export async function notifyNewQuota(
  tx: Tx,
  ctx: Ctx,
  limits: Limits | null,
  owner: QuotaOwner,
): Promise<void> {
  for (const quota of quotasIn(limits, owner)) {
    const notification = await notificationOf(tx, quota, ctx.now());
    if (notification !== null) await notify(tx, ctx, notification);
  }
}

/** The owner of the units: one key, or a whole project. */
export interface UnitsOf {
  projectId: string;
  keyId?: string | undefined;
  /** Only those that this limit of the project's plan counts. */
  policy?: PlanPolicy | undefined;
}

/** Units of valid requests in the buckets from this instant on, from the usage counts. */
export async function unitsSince(
  scope: Scope,
  { projectId, keyId, policy }: UnitsOf,
  interval: UsageInterval,
  from: number,
): Promise<number> {
  if (policy) {
    const units = await policyUnits(scope, { projectId, policy }, [{ interval, from }]);
    return [...units.values()].reduce((sum, some) => sum + some, 0);
  }
  const [row] = await sumUsage(scope, {
    buckets: [{ interval, from }],
    where: keyId === undefined ? { projectId: [projectId] } : { keyId: [keyId] },
    by: [],
    sums: ["units"],
  });
  return row?.units ?? 0;
}
