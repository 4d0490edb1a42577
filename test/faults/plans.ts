import { createPlanSchema, updatePlanSchema } from "#domain/plans/schema.ts";
import type { ModelPlan } from "./model.ts";
import type { ModelLimits } from "./model-limits.ts";

const NONE: ModelLimits = { rate: null, quota: null };

/** The plans of every API in the random run, each with the terms of its versions. The first is in effect at the start. */
export const PLANS = {
  small: [
    {
      units: { write: 3 },
      all: { rate: { limit: 6, windowSeconds: 60 }, quota: { limit: 20, period: "day" } },
      write: { rate: null, quota: { limit: 9, period: "day" } },
    },
    {
      units: { write: 2 },
      all: { rate: null, quota: { limit: 25, period: "day" } },
      write: { rate: { limit: 4, windowSeconds: 60 }, quota: null },
    },
  ],
  large: [
    {
      units: { read: 0, write: 2 },
      all: { rate: null, quota: { limit: 30, period: "day" } },
      write: { rate: { limit: 4, windowSeconds: 1 }, quota: null },
    },
    // Without any limit.
    { units: { write: 2 }, all: NONE, write: NONE },
  ],
} as const satisfies Record<string, readonly ModelPlan[]>;
export type PlanName = keyof typeof PLANS;
export const PLAN_NAMES = Object.keys(PLANS) as PlanName[];

/** Terms that an administrator sets for one project instead of those of its plan. */
export const AGREEMENTS: readonly ModelPlan[] = [
  { units: {}, all: NONE, write: NONE },
  {
    units: { write: 4 },
    all: { rate: null, quota: { limit: 28, period: "day" } },
    write: { rate: null, quota: { limit: 12, period: "day" } },
  },
];

/** As the product takes it. Private, so that an API can be enabled without a plan. */
export function toPlan(api: string, slug: PlanName) {
  const visibility = "private";
  return createPlanSchema.parse({ api, slug, name: slug, visibility, ...toTerms(PLANS[slug][0]) });
}

export function toVersion(api: string, slug: PlanName, plan: ModelPlan, takesEffect: string) {
  return updatePlanSchema.parse({ api, slug, ...toTerms(plan), takesEffect, replacePlanned: true });
}

/** The terms of a plan in the random run. */
export function toTerms({ units, all, write }: ModelPlan) {
  return {
    unitsPerOperation: units,
    limits: [...limitsOf("all", null, all), ...limitsOf("write", "write", write)],
  };
}

function limitsOf(name: string, operations: string | null, { rate, quota }: ModelLimits) {
  return [
    ...(rate ? [{ name: `${name}-rate`, operations, rate }] : []),
    ...(quota ? [{ name: `${name}-quota`, operations, quota }] : []),
  ];
}
