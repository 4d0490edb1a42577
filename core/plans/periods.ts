import type { PlanOverride, PlanTerms } from "./terms.ts";

/** A plan of an API with the version in effect and later ones. */
export interface PlanFacts {
  slug: string;
  versions: readonly { version: number; appliesAt: number; terms: PlanTerms }[];
}

/** When a project is on a plan of an API, epoch ms. */
export interface PlanPeriod {
  planId: string;
  startsAt: number;
  /** Exclusive; null if it is not known yet. */
  endsAt: number | null;
  /** What an administrator agreed with the project. */
  override: PlanOverride | null;
}
