import { type Limits, NO_LIMITS } from "#core/limits/types.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { policiesIn } from "#domain/access/policies/read.ts";
import type { KeyRules } from "#domain/access/policies/schema.ts";
import { APPLICATIONS, REPORT_ONLY } from "./clients.ts";
import type { DemoKey } from "./keys/types.ts";

/** The restrictions of a key of the demo. */
export function restrictionsOf({ service, apis }: DemoKey): Restrictions {
  return { ...NO_RESTRICTIONS, ...APPLICATIONS[service], apis: apis ?? [] };
}

/** Its report-only restrictions; null if there are none. */
export function reportOnlyOf(spec: DemoKey): Restrictions | null {
  const reportOnly = REPORT_ONLY[spec.service];
  return reportOnly ? { ...restrictionsOf(spec), ...reportOnly } : null;
}

/** Limits of some of the demo's keys, by service. */
export const KEY_LIMITS: Record<string, Limits> = {
  // About 110 requests a day: nearly used up.
  "welcome-bot": { rate: { limit: 60, windowSeconds: 60 }, quota: { limit: 140, period: "day" } },
};

/** Limits and key rules of projects, by name. */
export const PROJECT_RULES: Record<string, { limits?: Limits; ceiling?: Limits; keyRules?: KeyRules }> = {
  "Community bots": {
    // About 1,100 requests a day: 34,000 in the longest month.
    limits: { ...NO_LIMITS, quota: { limit: 40_000, period: "month" } },
    ceiling: { ...NO_LIMITS, rate: { limit: 1_000, windowSeconds: 60 } },
    // Keys that are older than the rule break it.
    keyRules: { ...policiesIn(null).keyRules, descriptionRequired: true },
  },
};
