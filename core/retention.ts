const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long what was counted and seen is kept; upkeep deletes it then, and readers ask for nothing older. */
export const RETENTION_MS = {
  /** Minutes are for watching, hours for a quarter; days stay. */
  usageMinutes: 2 * DAY_MS,
  usageHours: 100 * DAY_MS,
  /** A month that dry runs and suggestions read, and some days more. */
  clientObservations: 35 * DAY_MS,
  denials: 30 * DAY_MS,
  reportOnlyCounts: 100 * DAY_MS,
};
