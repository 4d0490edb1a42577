import { type Limits, NO_LIMITS } from "#core/limits/types.ts";

/** What some keys of the demo are held to, by the service that they are for. */
export const KEY_LIMITS: Record<string, Limits> = {
  // About 110 calls a day: it is near its end.
  "welcome-bot": { rate: { limit: 60, windowSeconds: 60 }, quota: { limit: 140, period: "day" } },
};

/** And whole projects, by their name. */
export const PROJECT_LIMITS: Record<string, { limits?: Limits; ceiling?: Limits }> = {
  // About 1,100 calls a day.
  "Community bots": {
    limits: { ...NO_LIMITS, quota: { limit: 30_000, period: "month" } },
    ceiling: { ...NO_LIMITS, rate: { limit: 1_000, windowSeconds: 60 } },
  },
};
