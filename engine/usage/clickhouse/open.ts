import { RETENTION_MS } from "#core/retention.ts";
import { DAY_MS } from "#core/time.ts";
import { ClickHouseUsage } from "./store.ts";

/** The store at `USAGE_URL`, which keeps counts as long as the database would: those by day for `usageDaysMs`. */
export function openClickHouse(usageUrl: string, usageDaysMs: number | null): ClickHouseUsage {
  const days = (ms: number) => Math.ceil(ms / DAY_MS);
  const { usageMinutes, usageHours } = RETENTION_MS;
  const day = usageDaysMs === null ? null : days(usageDaysMs);
  return new ClickHouseUsage(usageUrl, { minute: days(usageMinutes), hour: days(usageHours), day });
}
