import type { PlanTerms, TakesEffect } from "#core/plans/terms.ts";
import type { Dialect } from "../dialect.ts";
import type { Projects } from "./projects.ts";

export type PlanVisibility = "public" | "private";

/** Plans of APIs, and the projects that subscribed to them. */
export function definePlans(d: Dialect, { projects }: Projects) {
  const plans = d.table(
    "plans",
    {
      id: d.text("id").primaryKey(),
      /** The API, which may have been deleted since: statements of earlier months need the plan. */
      apiId: d.text("api_id").notNull(),
      /** Slug of the API, by which usage is counted. */
      api: d.text("api").notNull(),
      slug: d.text("slug").notNull(),
      name: d.text("name").notNull(),
      description: d.text("description").notNull(),
      /** A private plan is given to projects by administrators. */
      visibility: d.text<PlanVisibility>("visibility").notNull(),
      /** Whether an administrator must approve each subscription. */
      approval: d.boolean("approval").notNull(),
      createdAt: d.instant("created_at").notNull(),
      createdBy: d.text("created_by").notNull(),
      updatedAt: d.instant("updated_at").notNull(),
      /** Since when no project can subscribe; those that have stay. */
      archivedAt: d.instant("archived_at"),
    },
    (t) => [d.uniqueIndex("plans_slug").on(t.apiId, t.slug)],
  );

  /** The terms of a plan over time. In effect is the newest version that has begun. Rows are never changed. */
  const planVersions = d.table(
    "plan_versions",
    {
      planId: d
        .text("plan_id")
        .notNull()
        .references(() => plans.id, { onDelete: "cascade" }),
      version: d.integer("version").notNull(),
      terms: d.json<PlanTerms>("terms").notNull(),
      /** From when it is in effect, for all subscribers. */
      appliesAt: d.instant("applies_at").notNull(),
      createdAt: d.instant("created_at").notNull(),
      createdBy: d.text("created_by").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.planId, t.version] })],
  );

  /**
   * The periods in which a project is on a plan of an API; they don't overlap. A future one is a change at the end of the
   * month. Ended ones are kept for statements.
   */
  const subscriptions = d.table(
    "subscriptions",
    {
      id: d.text("id").primaryKey(),
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      apiId: d.text("api_id").notNull(),
      planId: d
        .text("plan_id")
        .notNull()
        .references(() => plans.id),
      startsAt: d.instant("starts_at").notNull(),
      /** Exclusive; null until a change or the end is known. */
      endsAt: d.instant("ends_at"),
      /** Until when it is free; null without a trial. */
      trialEndsAt: d.instant("trial_ends_at"),
      createdAt: d.instant("created_at").notNull(),
      createdBy: d.text("created_by").notNull(),
    },
    (t) => [
      d.index("subscriptions_project").on(t.projectId, t.apiId, t.startsAt),
      d.index("subscriptions_plan").on(t.planId, t.endsAt),
    ],
  );

  /**
   * Terms that an administrator set for one project. They belong to the subscription in whose period they were set, and
   * end with it. The terms are empty after the override was removed: verifiers need to know when.
   */
  const planOverrides = d.table(
    "plan_overrides",
    {
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      planId: d
        .text("plan_id")
        .notNull()
        .references(() => plans.id, { onDelete: "cascade" }),
      terms: d.json<Partial<PlanTerms>>("terms").notNull(),
      reason: d.text("reason").notNull(),
      /** Exclusive; null if it has no end. */
      endsAt: d.instant("ends_at"),
      updatedAt: d.instant("updated_at").notNull(),
      updatedBy: d.text("updated_by").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.projectId, t.planId] })],
  );

  /** Overrides that were replaced or removed: statements need the terms that were in effect. Rows are never changed. */
  const pastPlanOverrides = d.table(
    "past_plan_overrides",
    {
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      planId: d
        .text("plan_id")
        .notNull()
        .references(() => plans.id, { onDelete: "cascade" }),
      terms: d.json<Partial<PlanTerms>>("terms").notNull(),
      startsAt: d.instant("starts_at").notNull(),
      /** Exclusive: when it was replaced or removed, or its own end if that was earlier. */
      endsAt: d.instant("ends_at").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.projectId, t.planId, t.startsAt] })],
  );

  /** The plan that a project asked for and that needs an approval: at most one for each API. */
  const planRequests = d.table(
    "plan_requests",
    {
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      apiId: d.text("api_id").notNull(),
      planId: d
        .text("plan_id")
        .notNull()
        .references(() => plans.id, { onDelete: "cascade" }),
      takesEffect: d.text<TakesEffect>("takes_effect").notNull(),
      status: d.text<"pending" | "declined">("status").notNull(),
      requestedBy: d.text("requested_by").notNull(),
      requestedAt: d.instant("requested_at").notNull(),
      /** The deciding administrator's message to the project. */
      message: d.text("message"),
    },
    (t) => [
      d.primaryKey({ columns: [t.projectId, t.apiId] }),
      d.index("plan_requests_status").on(t.status, t.requestedAt),
    ],
  );

  return { plans, planVersions, subscriptions, planOverrides, pastPlanOverrides, planRequests };
}
