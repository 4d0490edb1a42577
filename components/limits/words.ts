import type { LimitScope, Rate } from "#core/limits/types.ts";
import type { QuotaMeter } from "#domain/keys/limits/meters.ts";
import { formatDate, formatNumber } from "../ui/format.ts";

/** Whose limit it is, as a title says it. */
export const SCOPE_WORDS: Record<LimitScope, string> = {
  key: "This key",
  project: "The whole project",
  ceiling: "The whole project, set by an administrator",
};

const UNITS = [
  { seconds: 3_600, name: "hour" },
  { seconds: 60, name: "minute" },
  { seconds: 1, name: "second" },
] as const;

/** A window in its largest whole unit: 90 seconds stay 90 seconds, 120 are 2 minutes. */
export function windowOf(windowSeconds: number): { count: number; seconds: number; name: string } {
  const unit = UNITS.find(({ seconds }) => windowSeconds % seconds === 0) ?? UNITS[2];
  return { ...unit, count: windowSeconds / unit.seconds };
}

/** "100 units in any 60 seconds". */
export function rateWords({ limit, windowSeconds }: Rate): string {
  const { count, name } = windowOf(windowSeconds);
  return `${units(limit)} in any ${count === 1 ? name : `${count} ${name}s`}`;
}

/** What will become of a quota, at the pace that it is used now. */
export function forecastWords({ limit, used, period, forecast, fullAt, resetAt }: QuotaMeter): string {
  const until = period === "day" ? "midnight UTC" : dayInUtc(resetAt);
  if (used >= limit) return `Used up: calls are refused until ${until}.`;
  if (fullAt !== null)
    return `At this pace it is used up ${period === "day" ? at(fullAt) : `on ${dayInUtc(fullAt)}`}.`;
  return `At this pace ${units(forecast)} by ${until}.`;
}

/** Quotas are counted in days and months of UTC. */
function dayInUtc(instant: string): string {
  return `${formatDate(Date.parse(instant), "UTC")} UTC`;
}

function at(instant: string): string {
  return `at ${instant.slice(11, 16)} UTC`;
}

function units(count: number): string {
  return count === 1 ? "1 unit" : `${formatNumber(count)} units`;
}
