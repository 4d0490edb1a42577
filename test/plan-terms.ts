import type { PlanTerms } from "#core/plans/terms.ts";

/** Terms without limits and price. */
export const NO_TERMS: PlanTerms = {
  limits: [],
  unitsPerOperation: {},
  includedUnits: null,
  overage: "block",
  trialDays: null,
  price: null,
};
