import { DAY_MS } from "./time.ts";

/** How long counts and records are kept, ms. Maintenance deletes older ones, and queries never ask for them. */
export const RETENTION_MS = {
  /** Minutes are for live charts, hours for 90 days. A setting says how long days are kept. */
  usageMinutes: 2 * DAY_MS,
  usageHours: 100 * DAY_MS,
  /** Dry runs and suggestions read 30 days. */
  clientObservations: 35 * DAY_MS,
  denials: 30 * DAY_MS,
  requests: 30 * DAY_MS,
  reportOnlyCounts: 100 * DAY_MS,
};
