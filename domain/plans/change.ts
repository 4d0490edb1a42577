import { and, eq } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { mustFindProjectApi } from "../catalog/apis/visibility.ts";
import type { Ctx, Verb } from "../context.ts";
import { DomainError, invalid } from "../errors.ts";
import { notifyOfAccessRequest } from "../notifications/access-request.ts";
import { notify } from "../notifications/notify.ts";
import { choosablePlans, planNeedsApproval, removeRequest, requestPlan } from "./choose.ts";
import { lockApi } from "./create.ts";
import { loadPlans } from "./find.ts";
import { readSubscription } from "./read-subscription.ts";
import type { ChangePlanInput, Subscription, SubscriptionRef } from "./schema.ts";
import {
  cancelScheduled,
  type ProjectApiIds,
  type SubscriptionRow,
  startSubscription,
  subscriptionAt,
} from "./subscriptions.ts";

/**
 * Moves a project to another plan of an API that it has enabled, now or at the end of the month. A plan that needs an
 * approval is asked for; the current one stays meanwhile. Choosing the current plan cancels a scheduled or requested
 * change. Throws `conflict` with the problem `CHANGE_SCHEDULED` before a change that takes effect now replaces a
 * scheduled change to another plan, unless `replaceScheduled` is true.
 */
export async function changePlan({ ctx, input }: Verb<ChangePlanInput>): Promise<Subscription> {
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const api = await mustFindProjectApi(tx, ctx, project.id, input.slug);
    await lockApi(tx, api.id);
    const projectApi = { projectId: project.id, apiId: api.id };
    await requireEnabled(tx, projectApi);
    const now = ctx.now();
    const { current, next } = await subscriptionAt(tx, projectApi, now);
    // Later than the start of the new subscription, which would be the next one at `now`.
    const read = () => readSubscription(tx, project.id, api, ctx.now());
    const [before] = current ? await loadPlans(tx, eq(tx.t.plans.id, current.planId), now) : [];
    if (before?.plan.slug === input.plan) {
      await cancelChange(tx, ctx, { projectApi, api, plan: before.plan.slug });
      return read();
    }
    const choosable = await choosablePlans(tx, ctx.actor, api.id, now);
    const chosen = choosable.find(({ plan }) => plan.slug === input.plan);
    if (!chosen) throw invalid("plan", "The project can't choose this plan. It may be private or archived.");
    const { takesEffect } = input;
    if (takesEffect === "now" && next !== null && next.planId !== chosen.plan.id && !input.replaceScheduled) {
      throw await wouldReplace(tx, next, now);
    }
    const isAsked = planNeedsApproval(chosen, ctx.actor);
    let replaced: string | null = null;
    if (isAsked) await requestPlan(tx, ctx, projectApi, { chosen, takesEffect });
    else if (next?.planId === chosen.plan.id && takesEffect === "period-end") return read();
    else {
      ({ replaced } = await startSubscription(tx, ctx, projectApi, { chosen, takesEffect }));
      await removeRequest(tx, projectApi);
    }
    await recordAudit(tx, ctx, {
      action: isAsked ? "subscription.requested" : "subscription.changed",
      projectId: project.id,
      subject: api,
      before: { plan: before?.plan.slug ?? null, ...(replaced !== null && { scheduled: replaced }) },
      after: { plan: chosen.plan.slug, takesEffect },
    });
    if (isAsked) {
      const request = { projectId: project.id, api, plan: chosen.plan.name, enabled: true };
      await notifyOfAccessRequest(tx, ctx, request);
    } else {
      await notify(tx, ctx, {
        kind: "plan.changed",
        projectId: project.id,
        subject: api,
        data: { api: api.slug, plan: chosen.plan.name, takesEffect },
      });
    }
    return read();
  });
}

/** Cancels a change scheduled for the end of the month, or the request for a plan. */
export async function cancelPlanChange({ ctx, input }: Verb<SubscriptionRef>): Promise<Subscription> {
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    const api = await mustFindProjectApi(tx, ctx, project.id, input.slug);
    const projectApi = { projectId: project.id, apiId: api.id };
    await requireEnabled(tx, projectApi);
    const now = ctx.now();
    const { plan } = await readSubscription(tx, project.id, api, now);
    await cancelChange(tx, ctx, { projectApi, api, plan: plan?.slug ?? null });
    return readSubscription(tx, project.id, api, now);
  });
}

/** Names the scheduled change that the caller may not know of. */
async function wouldReplace(tx: Tx, next: SubscriptionRow, nowMs: number): Promise<DomainError> {
  const [scheduled] = await loadPlans(tx, eq(tx.t.plans.id, next.planId), nowMs);
  const day = iso(next.startsAt).slice(0, 10);
  return new DomainError(
    "conflict",
    `The change to ${scheduled?.plan.name ?? "another plan"} is scheduled for ${day} and would be replaced. Change the plan at the end of the month instead, or send replaceScheduled.`,
    { problem: "CHANGE_SCHEDULED" },
  );
}

interface PendingChange {
  projectApi: ProjectApiIds;
  api: { id: string; name: string };
  /** The slug of the current plan, which stays. */
  plan: string | null;
}

/** Removes the scheduled change and the request for a plan. Without either, nothing is recorded. */
async function cancelChange(tx: Tx, ctx: Ctx, { projectApi, api, plan }: PendingChange): Promise<void> {
  const requested = await removeRequest(tx, projectApi);
  const scheduled = await cancelScheduled(tx, projectApi, ctx.now());
  if (!requested && scheduled === null) return;
  await recordAudit(tx, ctx, {
    action: "subscription.change-canceled",
    projectId: projectApi.projectId,
    subject: api,
    ...(scheduled !== null && { before: { scheduled } }),
    after: { plan },
  });
}

/** A request for access carries its plan: it is decided or canceled as a whole. */
async function requireEnabled({ q, t }: Tx, { projectId, apiId }: ProjectApiIds): Promise<void> {
  const { projectApis } = t;
  const [row] = await q
    .select({ status: projectApis.status })
    .from(projectApis)
    .where(and(eq(projectApis.projectId, projectId), eq(projectApis.apiId, apiId)));
  if (row?.status !== "enabled") {
    throw new DomainError("conflict", "The project has not enabled this API. Enable it with the plan first.");
  }
}
