import { useSyncExternalStore } from "react";
import type { UsageInterval } from "#db/tables/usage.ts";
import { zoneOf } from "./time-labels.ts";

const never = () => () => undefined;

/** The zone in which this interval's buckets are told; UTC until the browser, which knows, has the page. */
export function useZone(interval: UsageInterval): string {
  return useSyncExternalStore(
    never,
    () => zoneOf(interval),
    () => "UTC",
  );
}
