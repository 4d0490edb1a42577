import type { Verb } from "#domain/context.ts";
import { pageSchema } from "#domain/fields.ts";
import { cancelPlanChange, changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { deletePlan } from "#domain/plans/delete.ts";
import { getPlan, listPlanSubscribers, listPlans, listPlanVersions } from "#domain/plans/list.ts";
import { removePlanOverride, setPlanOverride } from "#domain/plans/override.ts";
import { getSubscription, listSubscriptions } from "#domain/plans/read-subscription.ts";
import {
  changePlanSchema,
  createPlanSchema,
  type ListSubscriptionsInput,
  listPlansSchema,
  listPlanVersionsSchema,
  listSubscriptionsSchema,
  planListSchema,
  planRefSchema,
  planSchema,
  planSubscriberPageSchema,
  planVersionPageSchema,
  setPlanOverrideSchema,
  subscriptionRefSchema,
  subscriptionSchema,
  updatePlanSchema,
} from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "Plans";

export const planRoutes = [
  route({
    method: "GET",
    path: "/api/v1/apis/{api}/plans",
    tag,
    summary: "List the plans of an API",
    description:
      "All plans for administrators, otherwise those that anyone can choose and those of the caller's projects.",
    tokenScope: "catalogue:read",
    input: listPlansSchema,
    output: planListSchema,
    verb: listPlans,
  }),
  route({
    method: "POST",
    path: "/api/v1/apis/{api}/plans",
    tag,
    summary: "Add a plan to an API (administrators)",
    tokenScope: "catalogue:write",
    input: createPlanSchema,
    output: planSchema,
    status: 201,
    verb: createPlan,
    location: ({ api, slug }) => `/api/v1/apis/${api}/plans/${slug}`,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{api}/plans/{slug}",
    tag,
    summary: "Get a plan of an API",
    tokenScope: "catalogue:read",
    input: planRefSchema,
    output: planSchema,
    verb: getPlan,
  }),
  route({
    method: "PATCH",
    path: "/api/v1/apis/{api}/plans/{slug}",
    tag,
    summary: "Change a plan of an API (administrators)",
    description:
      'Changed terms are a new version. All subscribers move to it now, or at the end of the calendar month (UTC) with `takesEffect: "period-end"`. It replaces a version that is planned: 409 with the code VERSION_PLANNED for a change that takes effect now, unless `replacePlanned` is true.',
    tokenScope: "catalogue:write",
    input: updatePlanSchema,
    output: planSchema,
    verb: updatePlan,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/apis/{api}/plans/{slug}",
    tag,
    summary: "Delete a plan that no project was ever on (administrators); archive any other",
    tokenScope: "catalogue:write",
    input: planRefSchema,
    output: null,
    verb: deletePlan,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{api}/plans/{slug}/versions",
    tag,
    summary: "List the versions of a plan, newest first (administrators)",
    tokenScope: "catalogue:read",
    input: listPlanVersionsSchema,
    output: planVersionPageSchema,
    verb: listPlanVersions,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{api}/plans/{slug}/subscribers",
    tag,
    summary: "List the projects on a plan (administrators)",
    tokenScope: "catalogue:read",
    input: listPlanVersionsSchema,
    output: planSubscriberPageSchema,
    verb: listPlanSubscribers,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/subscriptions",
    tag,
    summary: "List the plans of a project",
    tokenScope: "projects:read",
    input: paged(listSubscriptionsSchema),
    output: pageSchema(subscriptionSchema),
    verb: inPages(
      async (call: Verb<ListSubscriptionsInput>) => (await listSubscriptions(call)).items,
      ({ api }) => api.slug,
    ),
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/apis/{slug}/subscription",
    tag,
    summary: "Get the plan of a project for an API",
    tokenScope: "projects:read",
    input: subscriptionRefSchema,
    output: subscriptionSchema,
    verb: getSubscription,
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/apis/{slug}/subscription",
    tag,
    summary: "Move a project to another plan of an API (owner), now or at the end of the month",
    description:
      "A plan that needs an approval is in `request` until an administrator decides. The current plan cancels a change that was scheduled or requested. A change that takes effect now gets 409 with the code CHANGE_SCHEDULED if a change to another plan is scheduled, unless `replaceScheduled` is true.",
    tokenScope: "projects:write",
    input: changePlanSchema,
    output: subscriptionSchema,
    verb: changePlan,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/apis/{slug}/subscription/change",
    tag,
    summary: "Cancel a scheduled or requested change of plan (owner)",
    tokenScope: "projects:write",
    input: subscriptionRefSchema,
    output: subscriptionSchema,
    verb: cancelPlanChange,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/projects/{projectId}/apis/{slug}/override",
    tag,
    summary: "Override terms of a project's plan (administrators)",
    description:
      "Applies to later versions of the plan too, until it is removed or the project leaves the plan.",
    tokenScope: "admin:write",
    input: setPlanOverrideSchema,
    output: subscriptionSchema,
    verb: setPlanOverride,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/admin/projects/{projectId}/apis/{slug}/override",
    tag,
    summary: "Give a project the terms of its plan again (administrators)",
    tokenScope: "admin:write",
    input: subscriptionRefSchema,
    output: subscriptionSchema,
    verb: removePlanOverride,
  }),
];
