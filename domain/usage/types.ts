import type { UsageInterval } from "#db/tables/usage.ts";

/** Start of a bucket (epoch ms, UTC) and the checks in it. */
export type UsagePoint = [epochMs: number, count: number];

export interface UsageSeries {
  /** An id, a code, a slug, an operation or an environment; `(none)` where the check had none. */
  group: string;
  /** What people call it: a key's name, a secret's hint, else the group itself. */
  label: string;
  /** Rising, and only buckets in which something was counted. */
  points: UsagePoint[];
  total: number;
}

export interface Usage {
  interval: UsageInterval;
  /** Start of the first bucket. */
  from: string;
  /** End of the last bucket, exclusive. */
  to: string;
  /** The largest first. */
  series: UsageSeries[];
  total: number;
}

/** Seven days up to today (UTC): parallel to `days`, counts of each key that was checked. */
export interface KeySparklines {
  /** Starts of the days, epoch ms. */
  days: number[];
  keys: Record<string, { valid: number[]; refused: number[] }>;
}

export interface TrafficCount {
  valid: number;
  refused: number;
}

/** How much a key was used just now, to be read before it is taken away. */
export interface RecentTraffic {
  lastHour: TrafficCount;
  lastDay: TrafficCount;
  lastUsedAt: string | null;
}

export interface UsageCsv {
  filename: string;
  text: string;
}

/** Seven days up to today (UTC) of several projects, by id; the oldest day first. */
export type ProjectSparklines = Record<string, TrafficCount[]>;
