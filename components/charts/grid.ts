import { BUCKET_MS } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { UsageSeries } from "#domain/usage/schema.ts";

export interface Bucket {
  fromMs: number;
  toMs: number;
  /** The current bucket: its count will still grow. */
  unfinished: boolean;
}

/** One group's counts, one for each bucket; a bucket without requests is 0. */
export interface GroupCounts {
  group: string;
  label: string;
  counts: number[];
  total: number;
}

/** All buckets of a time range, with every group's count in each. */
export interface UsageGrid {
  interval: UsageInterval;
  buckets: Bucket[];
  groups: GroupCounts[];
  /** Counts of all groups together, by bucket. */
  totals: number[];
  total: number;
  /** The counts of the period before, by bucket; null if it is not compared with. */
  previous: number[] | null;
}

interface GridInput {
  interval: UsageInterval;
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  nowMs: number;
  /** Sparse: only buckets with requests have a point. */
  series: Pick<UsageSeries, "group" | "label" | "points">[];
  /** The points of the period before, which is as long. */
  previous?: UsageSeries["points"] | undefined;
}

/** Puts sparse series into the buckets of a time range. Points outside the range are ignored. */
export function gridOf({ interval, fromMs, toMs, nowMs, series, previous }: GridInput): UsageGrid {
  const step = BUCKET_MS[interval];
  const first = Math.floor(fromMs / step) * step;
  const count = Math.max(0, Math.ceil((toMs - first) / step));
  const buckets = Array.from({ length: count }, (_, index): Bucket => {
    const start = first + index * step;
    return { fromMs: start, toMs: start + step, unfinished: nowMs >= start && nowMs < start + step };
  });
  const countsOf = (points: UsageSeries["points"], firstAt: number) => {
    const counts = new Array<number>(count).fill(0);
    for (const [at, requests] of points) {
      const index = Math.floor((at - firstAt) / step);
      const before = counts[index];
      if (before !== undefined) counts[index] = before + requests;
    }
    return counts;
  };
  const groups = series.map(({ group, label, points }): GroupCounts => {
    const counts = countsOf(points, first);
    return { group, label, counts, total: sum(counts) };
  });
  const totals = sumByBucket(groups, count);
  const before = previous ? countsOf(previous, first - count * step) : null;
  return { interval, buckets, groups, totals, total: sum(totals), previous: before };
}

/** The sum of several groups in each bucket. */
export function sumByBucket(groups: readonly { counts: number[] }[], buckets: number): number[] {
  return Array.from({ length: buckets }, (_, index) =>
    groups.reduce((total, { counts }) => total + (counts[index] ?? 0), 0),
  );
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
