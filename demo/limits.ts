import { type Limits, NO_LIMITS } from "#core/limits/types.ts";

/** Limits of some of the demo's keys, by service. */
export const KEY_LIMITS: Record<string, Limits> = {
  // About 110 requests a day: nearly used up.
  "welcome-bot": { rate: { limit: 60, windowSeconds: 60 }, quota: { limit: 140, period: "day" } },
};

/** Limits of projects, by name. */
export const PROJECT_LIMITS: Record<string, { limits?: Limits; ceiling?: Limits }> = {
  // About 1,100 requests a day.
  "Community bots": {
    limits: { ...NO_LIMITS, quota: { limit: 30_000, period: "month" } },
    ceiling: { ...NO_LIMITS, rate: { limit: 1_000, windowSeconds: 60 } },
  },
};
