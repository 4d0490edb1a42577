import { z } from "zod";
import { type PlanTerms, TAKES_EFFECT } from "#core/plans/terms.ts";
import {
  idSchema,
  instantSchema,
  nameSchema,
  pageFields,
  pageSchema,
  personSchema,
  proseSchema,
  slugSchema,
  timestampSchema,
} from "../fields.ts";
import { termsFields, termsInput } from "./terms-schema.ts";

const unmatchedSchema = z
  .array(z.string())
  .describe("Patterns in the terms that match no operation of the API; none if it lists no operations.");

const planTermsSchema = z.strictObject(termsFields).meta({ id: "PlanTerms" }) satisfies z.ZodType<PlanTerms>;

const overrideTermsSchema = z
  .strictObject({
    limits: termsFields.limits.optional(),
    unitsPerOperation: termsFields.unitsPerOperation.optional(),
    includedUnits: termsFields.includedUnits.optional(),
    overage: termsFields.overage.optional(),
    price: termsFields.price.optional(),
  })
  .meta({ id: "PlanOverrideTerms" });

/** A version of a plan. */
const planVersionSchema = z
  .strictObject({
    version: z.int(),
    appliesAt: timestampSchema
      .nullable()
      .describe("From when it is in effect, for all subscribers; null if it was replaced before that."),
    createdAt: timestampSchema,
    createdBy: personSchema,
    terms: planTermsSchema,
  })
  .meta({ id: "PlanVersion" });

const planNameSchema = z.strictObject({ slug: z.string(), name: z.string() });

/** A plan of an API as the API, the pages and the command line show it (docs/integrate/plans.md). */
export const planSchema = z
  .strictObject({
    /** Slug of the API. */
    api: z.string(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    visibility: z
      .enum(["public", "private"])
      .describe("A private plan is given to projects by administrators."),
    approval: z.boolean().describe("Whether an administrator must approve each subscription."),
    ...termsFields,
    version: z.int().describe("The version in effect, whose terms these are."),
    next: z
      .strictObject({ version: z.int(), appliesAt: timestampSchema, terms: planTermsSchema })
      .nullable()
      .describe("The version that takes effect at the end of the month; null if there is none."),
    unmatchedPatterns: unmatchedSchema,
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    archivedAt: timestampSchema.nullable().describe("Since when no project can subscribe."),
  })
  .meta({ id: "Plan" });
export type Plan = z.output<typeof planSchema>;

export const planListSchema = z.strictObject({ items: z.array(planSchema) });
export type PlanList = z.output<typeof planListSchema>;

export const planVersionPageSchema = pageSchema(planVersionSchema);
export type PlanVersionPage = z.output<typeof planVersionPageSchema>;

const visibilityInput = z.enum(["public", "private"], "Choose public or private.");

export const createPlanSchema = z.strictObject({
  /** Slug of the API. */
  api: idSchema,
  slug: slugSchema,
  name: nameSchema,
  description: proseSchema(2_000).default(""),
  visibility: visibilityInput.default("public"),
  approval: z.boolean().default(false),
  limits: termsInput.limits.default([]),
  unitsPerOperation: termsInput.unitsPerOperation.default({}),
  includedUnits: termsInput.includedUnits.default(null),
  overage: termsInput.overage.default("block"),
  trialDays: termsInput.trialDays.default(null),
  price: termsInput.price.default(null),
});
export type CreatePlanInput = z.output<typeof createPlanSchema>;

const takesEffectSchema = z.enum(TAKES_EFFECT, "Choose now or period-end.");

export const updatePlanSchema = z.strictObject({
  api: idSchema,
  slug: idSchema,
  name: nameSchema.optional(),
  description: proseSchema(2_000).optional(),
  visibility: visibilityInput.optional(),
  approval: z.boolean().optional(),
  archived: z.boolean().optional().describe("Whether no project can subscribe anymore."),
  limits: termsInput.limits.optional(),
  unitsPerOperation: termsInput.unitsPerOperation.optional(),
  includedUnits: termsInput.includedUnits.optional(),
  overage: termsInput.overage.optional(),
  trialDays: termsInput.trialDays.optional(),
  price: termsInput.price.optional(),
  takesEffect: takesEffectSchema
    .default("now")
    .describe("When subscribers move to the new version: now, or at the end of the calendar month (UTC)."),
  replacePlanned: z
    .boolean()
    .optional()
    .describe("Whether terms that take effect now may replace a version that is planned. Default: false."),
});
export type UpdatePlanInput = z.output<typeof updatePlanSchema>;

export const listPlansSchema = z.strictObject({ api: idSchema });
export type ListPlansInput = z.output<typeof listPlansSchema>;

/** A plan by the slugs of its API and itself. */
export const planRefSchema = z.strictObject({ api: idSchema, slug: idSchema });
export type PlanRef = z.output<typeof planRefSchema>;

export const listPlanVersionsSchema = z.strictObject({ ...planRefSchema.shape, ...pageFields });
export type ListPlanVersionsInput = z.output<typeof listPlanVersionsSchema>;

/** A project on a plan. */
const planSubscriberSchema = z
  .strictObject({
    project: personSchema,
    startsAt: timestampSchema,
    endsAt: timestampSchema.nullable(),
    trialEndsAt: timestampSchema.nullable(),
    overridden: z.boolean(),
  })
  .meta({ id: "PlanSubscriber" });
export const planSubscriberPageSchema = pageSchema(planSubscriberSchema);
export type PlanSubscriberPage = z.output<typeof planSubscriberPageSchema>;

const overrideSchema = z.strictObject({
  terms: overrideTermsSchema.describe("The terms that differ from those of the plan."),
  reason: z.string(),
  endsAt: timestampSchema
    .nullable()
    .describe("When the terms of the plan apply again; null if no end is set."),
  updatedAt: timestampSchema,
  unmatchedPatterns: unmatchedSchema,
});

/** The plan of a project for one API: the current plan, the next plan, and the requested plan. */
export const subscriptionSchema = z
  .strictObject({
    projectId: z.string(),
    api: z.strictObject({ slug: z.string(), name: z.string() }),
    plan: planNameSchema.nullable().describe("Null without a plan: then only the project's limits apply."),
    version: z.int().nullable(),
    terms: planTermsSchema.nullable().describe("Those of the version, with the override."),
    startsAt: timestampSchema.nullable(),
    trialEndsAt: timestampSchema.nullable(),
    override: overrideSchema.nullable(),
    next: z
      .strictObject({ plan: planNameSchema, startsAt: timestampSchema })
      .nullable()
      .describe("The plan from the end of the month on; null if it stays."),
    request: z
      .strictObject({
        plan: planNameSchema,
        takesEffect: takesEffectSchema,
        status: z.enum(["pending", "declined"]),
        requestedAt: timestampSchema,
        message: z.string().nullable().describe("From the administrator who declined."),
      })
      .nullable()
      .describe("A plan that needs an administrator's approval."),
  })
  .meta({ id: "Subscription" });
export type Subscription = z.output<typeof subscriptionSchema>;

export const listSubscriptionsSchema = z.strictObject({ projectId: idSchema });
export type ListSubscriptionsInput = z.output<typeof listSubscriptionsSchema>;

export const subscriptionRefSchema = z.strictObject({ projectId: idSchema, slug: idSchema });
export type SubscriptionRef = z.output<typeof subscriptionRefSchema>;

export const changePlanSchema = z.strictObject({
  projectId: idSchema,
  slug: idSchema,
  plan: idSchema,
  takesEffect: takesEffectSchema
    .default("now")
    .describe("Now, or at the end of the calendar month (UTC). The first plan starts now."),
  replaceScheduled: z
    .boolean()
    .optional()
    .describe(
      "Whether a change that takes effect now may replace a scheduled change to another plan. Default: false.",
    ),
});
export type ChangePlanInput = z.output<typeof changePlanSchema>;

export const setPlanOverrideSchema = z.strictObject({
  projectId: idSchema,
  slug: idSchema,
  terms: z
    .strictObject({
      limits: termsInput.limits.optional(),
      unitsPerOperation: termsInput.unitsPerOperation.optional(),
      includedUnits: termsInput.includedUnits.optional(),
      overage: termsInput.overage.optional(),
      price: termsInput.price.optional(),
    })
    .refine(
      (terms) => Object.values(terms).some((term) => term !== undefined),
      "Set at least one of the terms.",
    ),
  reason: proseSchema(500).default("").describe("Shown to the project."),
  endsAt: instantSchema
    .nullable()
    .default(null)
    .describe("When the terms of the plan apply again. Null: when the project leaves the plan."),
});
export type SetPlanOverrideInput = z.output<typeof setPlanOverrideSchema>;
