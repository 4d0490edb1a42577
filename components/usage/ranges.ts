import type { UsageInterval } from "#db/tables/usage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The spans one can look at. `refreshMs` is how often the numbers are read anew while they are watched. */
export const RANGES = [
  {
    value: "1h",
    label: "Hour",
    words: "the last hour",
    interval: "minute",
    bucketMs: MINUTE,
    buckets: 60,
    refreshMs: 5_000,
  },
  {
    value: "24h",
    label: "Day",
    words: "the last 24 hours",
    interval: "hour",
    bucketMs: HOUR,
    buckets: 24,
    refreshMs: 5_000,
  },
  {
    value: "7d",
    label: "7 days",
    words: "the last 7 days",
    interval: "hour",
    bucketMs: HOUR,
    buckets: 168,
    refreshMs: 15_000,
  },
  {
    value: "30d",
    label: "30 days",
    words: "the last 30 days",
    interval: "day",
    bucketMs: DAY,
    buckets: 30,
    refreshMs: MINUTE,
  },
  {
    value: "90d",
    label: "90 days",
    words: "the last 90 days",
    interval: "day",
    bucketMs: DAY,
    buckets: 90,
    refreshMs: MINUTE,
  },
] as const satisfies {
  value: string;
  label: string;
  words: string;
  interval: UsageInterval;
  bucketMs: number;
  buckets: number;
  refreshMs: number;
}[];

export type UsageRange = (typeof RANGES)[number];
export type RangeName = UsageRange["value"];

/** What the bars are stacked by. */
export const STACKS = [
  { value: "outcome", label: "Outcome", groupBy: "code" },
  { value: "key", label: "Key", groupBy: "key" },
  { value: "api", label: "API", groupBy: "api" },
] as const;

export type StackName = (typeof STACKS)[number]["value"];

export interface UsageView {
  range: RangeName;
  by: StackName;
}

/** What the URL says is looked at; what it does not say, or says wrongly, is the day by outcome. */
export function viewOf(search: { get: (name: string) => string | null }): UsageView {
  const range = RANGES.find(({ value }) => value === search.get("range"));
  const by = STACKS.find(({ value }) => value === search.get("by"));
  return { range: range?.value ?? "24h", by: by?.value ?? "outcome" };
}

export function rangeOf(name: RangeName): UsageRange {
  return RANGES.find(({ value }) => value === name) ?? RANGES[1];
}

/** The question that a view asks of `readUsage`, in epoch ms: whole buckets, the one in which `nowMs` lies being the last. */
export function questionOf({ range, by }: UsageView, nowMs: number) {
  const { interval, bucketMs, buckets } = rangeOf(range);
  const last = Math.floor(nowMs / bucketMs) * bucketMs;
  return {
    from: last - (buckets - 1) * bucketMs,
    to: last + bucketMs,
    interval,
    groupBy: STACKS.find(({ value }) => value === by)?.groupBy ?? "code",
  };
}
