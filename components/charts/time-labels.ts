import { LOCALE } from "#core/format.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { useTimeZone } from "../ui/time.tsx";
import type { Bucket } from "./grid.ts";

/** The time zone of the labels: days are counted in UTC, shorter buckets are shown in the reader's zone or in UTC. */
export function useChartTimeZone(interval: UsageInterval, inUtc = false): string {
  const zone = useTimeZone();
  return interval === "day" || inUtc ? "UTC" : zone;
}

/** "UTC" or "Europe/Berlin (GMT+1)". */
export function timeZoneName(zone: string, at: number): string {
  if (zone === "UTC") return "UTC";
  const parts = formatter(zone, { timeZoneName: "shortOffset" }).formatToParts(at);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value;
  return offset ? `${zone.replaceAll("_", " ")} (${offset})` : zone;
}

const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Creating a formatter costs far more than using it, and a table has hundreds of times. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const cached = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone });
  formatters.set(key, cached);
  return cached;
}

function format(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  // "Mon, Nov 23": without the comma, because a time may follow.
  return formatter(zone, options).format(at).replace(",", "");
}

/** The full name of a bucket: "Mon Nov 17, 14:00–15:00", or "Mon Nov 17" for a day. */
export function bucketName(bucket: Bucket, interval: UsageInterval, zone: string): string {
  const day = format(bucket.fromMs, zone, { ...DAY, weekday: "short" });
  if (interval === "day") return day;
  return `${day}, ${format(bucket.fromMs, zone, TIME)}–${format(bucket.toMs, zone, TIME)}`;
}

/** "Mon Nov 17, 14:00 – Tue Nov 18, 02:00", or only the days if both are at midnight. */
export function spanName({ from, to }: { from: number; to: number }, zone: string): string {
  const dayOf = (at: number) => format(at, zone, { ...DAY, weekday: "short" });
  const timeOf = (at: number) => format(at, zone, TIME);
  if (timeOf(from) === "00:00" && timeOf(to) === "00:00") {
    const [first, last] = [dayOf(from), dayOf(to - 1)];
    return first === last ? first : `${first} – ${last}`;
  }
  const end = dayOf(from) === dayOf(to) ? timeOf(to) : `${dayOf(to)}, ${timeOf(to)}`;
  return `${dayOf(from)}, ${timeOf(from)} – ${end}`;
}

export interface Tick {
  index: number;
  label: string;
}

/** Steps at which people expect labels, in buckets of the interval. */
const STEPS: Record<UsageInterval, number[]> = {
  minute: [5, 10, 15, 30, 60],
  hour: [1, 2, 3, 6, 12, 24, 48, 72, 168],
  day: [1, 2, 7, 14, 28],
};

/**
 * The buckets that are labeled below the chart, at most `max` of them: at round times in the zone (hours that
 * divide the day, Mondays). Labels name the day when the steps are a day or longer, and at midnight if there are
 * several days.
 */
export function axisTicks(buckets: Bucket[], interval: UsageInterval, zone: string, max: number): Tick[] {
  const step =
    STEPS[interval].find((each) => buckets.length / each <= max) ?? Math.ceil(buckets.length / max);
  const manyDays = interval === "hour" && step >= 24;
  const severalDays = interval === "hour" && buckets.length > 24;
  return buckets.flatMap((bucket, index) => {
    if (!isRound(bucket.fromMs, interval, step, zone)) return [];
    const time = format(bucket.fromMs, zone, TIME);
    if (interval === "day" || manyDays)
      return [{ index, label: format(bucket.fromMs, zone, dayLabel(interval)) }];
    return [{ index, label: severalDays && time === "00:00" ? format(bucket.fromMs, zone, DAY) : time }];
  });
}

/** Estimated width of a character of a label, and the space between two labels, in px. */
const CHARACTER_PX = 6.5;
const LABEL_GAP_PX = 6;
/** The last label is at least this far from the right edge to its center, in px. */
export const LAST_LABEL_PX = 20;

/** Without the last label if it would overlap the one before, because the edge of the plot moves it to the left. */
export function withoutOverlap(ticks: Tick[], bucketCount: number, widthPx: number): Tick[] {
  const [before, last] = ticks.slice(-2);
  if (!before || !last) return ticks;
  const centerOf = ({ index }: Tick) => ((index + 0.5) / bucketCount) * widthPx;
  const distance = Math.min(centerOf(last), widthPx - LAST_LABEL_PX) - centerOf(before);
  const needed = ((before.label.length + last.label.length) / 2) * CHARACTER_PX + LABEL_GAP_PX;
  return distance < needed ? ticks.slice(0, -1) : ticks;
}

function dayLabel(interval: UsageInterval): Intl.DateTimeFormatOptions {
  return interval === "day" ? DAY : { ...DAY, weekday: "short" };
}

const MONDAY_OFFSET_DAYS = 4;

function isRound(at: number, interval: UsageInterval, step: number, zone: string): boolean {
  const local = at + offsetMs(at, zone);
  // 1 January 1970 was a Thursday: from 5 January on, days count from a Monday.
  if (interval === "day") return (Math.floor(local / DAY_MS) - MONDAY_OFFSET_DAYS) % step === 0;
  if (interval === "minute") return Math.floor(local / 60_000) % step === 0;
  const hours = Math.floor(local / HOUR_MS);
  return step <= 24 ? hours % step === 0 : (hours - MONDAY_OFFSET_DAYS * 24) % step === 0;
}

const CLOCK: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  hourCycle: "h23",
};

/** The offset of the zone from UTC at `at`, in ms. */
function offsetMs(at: number, zone: string): number {
  if (zone === "UTC") return 0;
  const parts = formatter(zone, CLOCK).formatToParts(at);
  const partOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    partOf("year"),
    partOf("month") - 1,
    partOf("day"),
    partOf("hour"),
    partOf("minute"),
  );
  return local - Math.floor(at / 60_000) * 60_000;
}
