import { plural } from "#core/format.ts";
import { RETENTION_MS } from "#core/retention.ts";
import { BUCKET_MS, startOf } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { invalid } from "../errors.ts";

/** More points than a chart can show; bounds the cost of one request. */
const MAX_BUCKETS = 2_000;

/** Whole buckets, epoch ms; `to` is exclusive. */
export interface UsageRange {
  interval: UsageInterval;
  from: number;
  to: number;
}

interface RequestedRange {
  from?: number | undefined;
  to?: number | undefined;
  interval?: UsageInterval | undefined;
}

/** The whole buckets that cover the requested range. Throws `invalid` if it is empty or too long. */
export function usageRange(requested: RequestedRange, nowMs: number): UsageRange {
  const to = requested.to ?? nowMs;
  const from = requested.from ?? to - defaultLengthMs(requested.interval);
  if (from >= to) throw invalid("from", "Must be before “to”.");
  const range = wholeBuckets(requested.interval ?? intervalFor(from, to, nowMs), from, to);
  const { interval } = range;
  if ((range.to - range.from) / BUCKET_MS[interval] > MAX_BUCKETS) {
    throw invalid(
      "interval",
      `The range has more than ${plural(MAX_BUCKETS, interval)}. Ask for a shorter one, or for a longer interval.`,
    );
  }
  return range;
}

/** The whole buckets of one length that cover a range. */
export function wholeBuckets(interval: UsageInterval, from: number, to: number): UsageRange {
  const length = BUCKET_MS[interval];
  return { interval, from: startOf(length, from), to: Math.ceil(to / length) * length };
}

/** The same range in as few buckets as possible: short ones at its edges, and whole days between. */
export function fewestBuckets(range: UsageRange): UsageRange[] {
  const longer = LONGER[range.interval];
  if (longer === null) return [range];
  const length = BUCKET_MS[longer];
  const [from, to] = [Math.ceil(range.from / length) * length, startOf(length, range.to)];
  if (from >= to) return [range];
  const edges = [
    { ...range, to: from },
    { ...range, from: to },
  ];
  return [...fewestBuckets({ interval: longer, from, to }), ...edges.filter((edge) => edge.from < edge.to)];
}

const LONGER: Record<UsageInterval, UsageInterval | null> = { minute: "hour", hour: "day", day: null };

function defaultLengthMs(interval: UsageInterval | undefined): number {
  switch (interval) {
    case "minute":
      return BUCKET_MS.hour;
    case "hour":
      return BUCKET_MS.day;
    default:
      return 30 * BUCKET_MS.day;
  }
}

function intervalFor(from: number, to: number, nowMs: number): UsageInterval {
  const lengthMs = to - from;
  if (lengthMs <= 3 * BUCKET_MS.hour && isKept("minute", from, nowMs)) return "minute";
  return lengthMs <= 8 * BUCKET_MS.day && isKept("hour", from, nowMs) ? "hour" : "day";
}

const KEPT_MS: Record<UsageInterval, number> = {
  minute: RETENTION_MS.usageMinutes,
  hour: RETENTION_MS.usageHours,
  day: Number.POSITIVE_INFINITY,
};

/** Whether all buckets of this length from an instant on are still stored. Days are, unless a setting limits them. */
export function isKept(interval: UsageInterval, fromMs: number, nowMs: number): boolean {
  return fromMs - BUCKET_MS[interval] >= nowMs - KEPT_MS[interval];
}

/** As many buckets directly before a range. */
export function previousRange({ interval, from, to }: UsageRange): UsageRange {
  return { interval, from: from - (to - from), to: from };
}
