import type { PlanTerms } from "#core/plans/terms.ts";

/** The terms that an override can replace. */
export type OverriddenTerms = Partial<Omit<PlanTerms, "trialDays">>;

const NAMES = ["limits", "unitsPerOperation", "includedUnits", "overage", "price"] as const;

/** The entered terms that differ from those of the plan. */
export function overriddenTerms(plan: PlanTerms, entered: PlanTerms): OverriddenTerms {
  const differing = NAMES.filter((name) => canonical(entered[name]) !== canonical(plan[name]));
  return Object.fromEntries(differing.map((name) => [name, entered[name]]));
}

/** As JSON with sorted fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
