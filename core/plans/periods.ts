import type { PlanOverride, PlanTerms, TimeRange } from "./terms.ts";

/** A plan of an API with the version in effect and later ones. */
export interface PlanFacts {
  slug: string;
  versions: readonly { version: number; appliesAt: number; terms: PlanTerms }[];
}

/** When a project is on a plan of an API. */
export interface PlanPeriod extends TimeRange {
  planId: string;
  /** What an administrator agreed with the project. */
  override: PlanOverride | null;
}
