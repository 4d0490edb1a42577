import { and, eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, requireAdmin, requireUser, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notify } from "../../notifications/notify.ts";
import { defaultPlan, pendingRequest, removeRequest } from "../../plans/choose.ts";
import { lockApi } from "../../plans/create.ts";
import type { LoadedPlan } from "../../plans/find.ts";
import { startSubscription } from "../../plans/subscriptions.ts";
import { mustFindApi } from "../apis/find.ts";
import type { DecideAccessInput, EnableResult } from "./schema.ts";

/** Approves a project's request for access to an API, or for another plan of it. Administrators only. */
export function approveAccess(call: Verb<DecideAccessInput>): Promise<EnableResult> {
  return decideAccess(call, "enabled");
}

/** Declines such a request; `message` is the reason for the project. Administrators only. */
export function declineAccess(call: Verb<DecideAccessInput>): Promise<EnableResult> {
  return decideAccess(call, "declined");
}

type Decision = "enabled" | "declined";

/** A request that is decided. */
interface Requested {
  projectId: string;
  api: { id: string; name: string; slug: string };
  message: string | undefined;
}

async function decideAccess(
  { ctx, input }: Verb<DecideAccessInput>,
  status: Decision,
): Promise<EnableResult> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "viewer");
    const { projectApis } = tx.t;
    const api = await mustFindApi(tx, input.slug);
    await lockApi(tx, api.id);
    const requested: Requested = { projectId: project.id, api, message: input.message };
    const now = ctx.now();
    // Only while pending: of two concurrent decisions, the second fails.
    const [decided] = await tx.q
      .update(projectApis)
      .set({ status, decidedBy: requireUser(ctx).userId, decidedAt: now, message: input.message ?? null })
      .where(
        and(
          eq(projectApis.projectId, project.id),
          eq(projectApis.apiId, api.id),
          eq(projectApis.status, "pending"),
        ),
      )
      .returning({ status: projectApis.status });
    if (!decided) return decidePlan(tx, ctx, requested, status);
    const projectApi = { projectId: project.id, apiId: api.id };
    const request = await pendingRequest(tx, projectApi, now);
    if (request && status === "enabled") requireOpen(request.plan);
    await removeRequest(tx, projectApi);
    const plan = request?.plan ?? (status === "enabled" ? await defaultPlan(tx, api, now) : null);
    if (plan !== null && status === "enabled") {
      await startSubscription(tx, ctx, projectApi, {
        chosen: plan,
        takesEffect: request?.takesEffect ?? "now",
      });
    } else await recordChange(tx, { kind: "project", subject: project.id }, now);
    await report(tx, ctx, requested, {
      action: status === "enabled" ? "access.approved" : "access.declined",
      kind: status === "enabled" ? "access.approved" : "access.declined",
      ...(plan && { plan: plan.plan }),
    });
    return { status };
  });
}

/** Decides the request for another plan of an API that the project has enabled. */
async function decidePlan(tx: Tx, ctx: Ctx, requested: Requested, decision: Decision): Promise<EnableResult> {
  const projectApi = { projectId: requested.projectId, apiId: requested.api.id };
  const request = await pendingRequest(tx, projectApi, ctx.now());
  if (request === null) {
    throw new DomainError("conflict", "There is no pending request of this project for this API.");
  }
  let replaced: string | null = null;
  if (decision === "enabled") {
    requireOpen(request.plan);
    await removeRequest(tx, projectApi);
    ({ replaced } = await startSubscription(tx, ctx, projectApi, {
      chosen: request.plan,
      takesEffect: request.takesEffect,
    }));
  } else {
    const { planRequests: r } = tx.t;
    await tx.q
      .update(r)
      .set({ status: "declined", message: requested.message ?? null })
      .where(and(eq(r.projectId, projectApi.projectId), eq(r.apiId, projectApi.apiId)));
  }
  await report(tx, ctx, requested, {
    action: decision === "enabled" ? "subscription.approved" : "subscription.declined",
    kind: decision === "enabled" ? "plan.approved" : "plan.declined",
    plan: request.plan.plan,
    replaced,
  });
  return { status: "enabled" };
}

/** Throws `conflict` for a plan that was archived after it was requested. */
function requireOpen({ plan }: LoadedPlan): void {
  if (plan.archivedAt === null) return;
  throw new DomainError(
    "conflict",
    "The plan is archived. Decline the request, so that the project can choose another one.",
  );
}

interface Outcome {
  action: string;
  kind: "access.approved" | "access.declined" | "plan.approved" | "plan.declined";
  plan?: { slug: string; name: string };
  /** The slug of the plan of a scheduled change that the approved one replaces. */
  replaced?: string | null;
}

/** Records the decision and notifies the project. */
async function report(
  tx: Tx,
  ctx: Ctx,
  { projectId, api, message }: Requested,
  { action, kind, plan, replaced = null }: Outcome,
): Promise<void> {
  const after = { ...(message && { message }), ...(plan && { plan: plan.slug }) };
  await recordAudit(tx, ctx, {
    action,
    projectId,
    subject: api,
    ...(replaced !== null && { before: { scheduled: replaced } }),
    ...(Object.keys(after).length > 0 && { after }),
  });
  await notify(tx, ctx, {
    kind,
    projectId,
    subject: api,
    data: { api: api.slug, ...(message && { message }), ...(plan && { plan: plan.name }) },
  });
}
