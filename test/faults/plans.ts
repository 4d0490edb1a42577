import { createPlanSchema } from "#domain/plans/schema.ts";
import type { ModelPlan } from "./model.ts";
import type { ModelLimits } from "./model-limits.ts";

/** The plans of every API in the random run. */
export const PLANS = {
  small: {
    units: { write: 3 },
    all: { rate: { limit: 6, windowSeconds: 60 }, quota: { limit: 20, period: "day" } },
    write: { rate: null, quota: { limit: 9, period: "day" } },
  },
  large: {
    units: { read: 0, write: 2 },
    all: { rate: null, quota: { limit: 30, period: "day" } },
    write: { rate: { limit: 4, windowSeconds: 1 }, quota: null },
  },
} as const satisfies Record<string, ModelPlan>;
export type PlanName = keyof typeof PLANS;
export const PLAN_NAMES = Object.keys(PLANS) as PlanName[];

/** As the product takes it. Private, so that an API can be enabled without a plan. */
export function toPlan(api: string, slug: string, { units, all, write }: ModelPlan) {
  return createPlanSchema.parse({
    api,
    slug,
    name: slug,
    visibility: "private",
    unitsPerOperation: units,
    limits: [...limitsOf("all", null, all), ...limitsOf("write", "write", write)],
  });
}

function limitsOf(name: string, operations: string | null, { rate, quota }: ModelLimits) {
  return [
    ...(rate ? [{ name: `${name}-rate`, operations, rate }] : []),
    ...(quota ? [{ name: `${name}-quota`, operations, quota }] : []),
  ];
}
