import type { UsageInterval } from "#db/tables/usage.ts";

/** Start of a bucket (epoch ms, UTC) and the checks in it. */
export type UsagePoint = [epochMs: number, count: number];

export interface UsageSeries {
  /** An id, a code, a slug, an operation or an environment; `(none)` where the check had none; `(others)` for all that fit no answer. */
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

/** What one project's keys were checked in a range. */
export interface ProjectTraffic {
  projectId: string;
  name: string;
  /** Its page is gone; what was checked stays counted. */
  deleted: boolean;
  checks: number;
  /** Of `checks`. */
  denied: number;
}

export interface SiteUsage {
  /** Grouped by code. */
  usage: Usage;
  /** The ten that were checked most, the busiest first. */
  projects: ProjectTraffic[];
  /** Of the last minute that is over. */
  now: { checks: number; denied: number };
}

/** Seven days up to today (UTC): parallel to `days`, counts of each key that was checked. */
export interface KeySparklines {
  /** Starts of the days, epoch ms. */
  days: number[];
  keys: Record<string, { valid: number[]; denied: number[] }>;
}

export interface TrafficCount {
  valid: number;
  denied: number;
}

/** How many networks (`/24` of IPv4, `/64` of IPv6) checks came from, as far as the asking services said. */
export interface Networks {
  count: number;
  /** Some were too many to be kept apart: there may be more. */
  orMore: boolean;
}

/** How much a key was used just now, to be read before it is taken away. */
export interface RecentTraffic {
  lastHour: TrafficCount & { from: Networks };
  lastDay: TrafficCount & { from: Networks };
  lastUsedAt: string | null;
}

export interface UsageCsv {
  filename: string;
  text: string;
}

/** Seven days up to today (UTC) of several projects, by id; the oldest day first. */
export type ProjectSparklines = Record<string, TrafficCount[]>;
