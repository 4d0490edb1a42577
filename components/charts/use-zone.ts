import type { UsageInterval } from "#db/tables/usage.ts";
import { useTimeZone } from "../ui/time.tsx";

/** The zone in which this interval's buckets are labelled: days are counted in UTC, shorter ones are the reader's. */
export function useZone(interval: UsageInterval): string {
  const zone = useTimeZone();
  return interval === "day" ? "UTC" : zone;
}
