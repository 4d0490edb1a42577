import type { UsageInterval } from "#db/tables/usage.ts";
import type { Usage } from "#domain/usage/schema.ts";
import { defineUrlState, oneOf, type UrlStateOf } from "../ui/url-state.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface UsageRange {
  interval: UsageInterval;
  /** Length of a bucket. */
  bucketMs: number;
  buckets: number;
  /** How often the numbers are refreshed while the page is visible. */
  refreshMs: number;
}

export const USAGE_RANGES = {
  "1h": { interval: "minute", bucketMs: MINUTE, buckets: 60, refreshMs: 5_000 },
  "24h": { interval: "hour", bucketMs: HOUR, buckets: 24, refreshMs: 5_000 },
  "7d": { interval: "hour", bucketMs: HOUR, buckets: 168, refreshMs: 15_000 },
  "30d": { interval: "day", bucketMs: DAY, buckets: 30, refreshMs: MINUTE },
  "90d": { interval: "day", bucketMs: DAY, buckets: 90, refreshMs: MINUTE },
} satisfies Record<string, UsageRange>;
export type RangeName = keyof typeof USAGE_RANGES;
export const RANGE_NAMES = Object.keys(USAGE_RANGES) as RangeName[];

/** What the bars are grouped by, and the API's name for it. */
export const USAGE_GROUPS = { outcome: "code", key: "key", api: "api" } as const;
export type GroupName = keyof typeof USAGE_GROUPS;
export const GROUP_NAMES = Object.keys(USAGE_GROUPS) as GroupName[];

export const USAGE_URL = defineUrlState({
  range: oneOf(RANGE_NAMES),
  by: oneOf(GROUP_NAMES),
  view: oneOf(["table"]),
});

/** Which numbers are shown. */
export interface UsageView {
  range: RangeName;
  by: GroupName;
}

/** What the usage panel shows at one moment. */
export interface PanelData {
  /** The view that these numbers belong to. */
  view: UsageView;
  usage: Usage;
  /** Of `usage.total`. */
  denied: number;
  /** Epoch ms by the server's clock, which decides which bucket is unfinished. */
  atMs: number;
}

/** The view in a URL: the last day by outcome unless it says otherwise. */
export function readUsageView(search: { get(name: string): string | null }): UsageView {
  const state: UrlStateOf<typeof USAGE_URL> = USAGE_URL.read(search);
  return { range: state.range ?? "24h", by: state.by ?? "outcome" };
}

/** The input of `readUsage` for a view, in epoch ms: whole buckets, the last of which contains `nowMs`. */
export function usageInputOf({ range, by }: UsageView, nowMs: number) {
  const { interval, bucketMs, buckets } = USAGE_RANGES[range];
  const last = Math.floor(nowMs / bucketMs) * bucketMs;
  return {
    from: last - (buckets - 1) * bucketMs,
    to: last + bucketMs,
    interval,
    groupBy: USAGE_GROUPS[by],
  };
}
