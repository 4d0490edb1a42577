import { and, eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import { isAdmin, requireAuthenticated, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notifyOfAccessRequest } from "../../notifications/access-request.ts";
import { notify, WEBHOOKS_ONLY } from "../../notifications/notify.ts";
import { choosePlan, hasPlans, isPriced, planNeedsApproval, requestPlan } from "../../plans/choose.ts";
import { lockApi } from "../../plans/create.ts";
import { startSubscription } from "../../plans/subscriptions.ts";
import { mustFindProjectApi } from "../apis/visibility.ts";
import type { EnableApiInput, EnableResult } from "./schema.ts";

/**
 * Enables an API for the project on one of its plans, or requests access if an administrator must approve the API or the
 * plan, or if the API has plans and the project can choose none. Requesting it again after a declined request is a new
 * request. What a project's token requests is requested by the user who created the token. Only owners can choose a plan
 * with a price.
 */
export async function enableApi({ ctx, input }: Verb<EnableApiInput>): Promise<EnableResult> {
  return ctx.db.write(async (tx) => {
    const { project, role } = await lockProject(tx, ctx, input.projectId, "developer");
    const { projectApis } = tx.t;
    const api = await mustFindProjectApi(tx, ctx, project.id, input.slug);
    await lockApi(tx, api.id);
    const which = and(eq(projectApis.projectId, project.id), eq(projectApis.apiId, api.id));
    const [current] = await tx.q.select({ status: projectApis.status }).from(projectApis).where(which);
    if (current && current.status !== "declined") return { status: current.status };
    const now = ctx.now();
    const actor = requireAuthenticated(ctx);
    const plan = await choosePlan(tx, ctx, api, input.plan);
    if (plan !== null && isPriced(plan) && role !== "owner") {
      throw new DomainError(
        "forbidden",
        "This plan has a price. Ask an owner of the project to enable the API.",
      );
    }
    const projectApi = { projectId: project.id, apiId: api.id };
    const asksForPlan = plan === null ? await hasPlans(tx, api.id) : planNeedsApproval(plan, actor);
    // An administrator's own request needs no approval.
    const isApproved = api.access === "open" && !asksForPlan;
    const status = isApproved || isAdmin(actor) ? "enabled" : "pending";
    const row = {
      status,
      requestedBy: actor.kind === "user" ? actor.userId : actor.createdBy,
      requestedAt: now,
      reason: status === "pending" ? input.reason || null : null,
      decidedBy: null,
      decidedAt: null,
      message: null,
    } as const;
    if (current) await tx.q.update(projectApis).set(row).where(which);
    else await tx.q.insert(projectApis).values({ projectId: project.id, apiId: api.id, ...row });
    const choice = plan && { chosen: plan, takesEffect: "now" as const };
    if (choice !== null && status === "pending") await requestPlan(tx, ctx, projectApi, choice);
    else if (choice !== null) await startSubscription(tx, ctx, projectApi, choice);
    else if (status === "enabled") await recordChange(tx, { kind: "project", subject: project.id }, now);
    const after = { ...(plan && { plan: plan.plan.slug }), ...(row.reason && { reason: row.reason }) };
    await recordAudit(tx, ctx, {
      action: status === "enabled" ? "access.enabled" : "access.requested",
      projectId: project.id,
      subject: api,
      ...(Object.keys(after).length > 0 && { after }),
    });
    if (status === "enabled") {
      const data = { api: api.slug, ...(plan && { plan: plan.plan.name }) };
      const event = { kind: "access.enabled", projectId: project.id, subject: api, data } as const;
      await notify(tx, ctx, { ...event, channels: WEBHOOKS_ONLY });
    } else if (status === "pending") {
      const request = { projectId: project.id, api, plan: plan?.plan.name, reason: row.reason };
      await notifyOfAccessRequest(tx, ctx, request);
    }
    return { status };
  });
}
