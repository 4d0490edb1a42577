import { formatNumber, plural } from "#core/format.ts";
import type { LimitScope, Rate } from "#core/limits/types.ts";
import type { QuotaMeter } from "#domain/keys/limits/schema.ts";
import { formatDate } from "../ui/format-time.ts";

/** The owner of a limit, as a title. */
export const SCOPE_TEXT: Record<LimitScope, string> = {
  key: "This key",
  project: "The whole project",
  ceiling: "The whole project, set by an administrator",
  plan: "The project's plan",
};

/** The names of a project's plans, and of their APIs, by slug of the API. */
export type PlanNames = ReadonlyMap<string, { api: string; plan: { slug: string; name: string } | null }>;

/** The owner of the limit; for a limit of a plan, its API, name and operations. The slug replaces a missing name. */
export function titleOf({ scope, policy }: Pick<QuotaMeter, "scope" | "policy">, plans: PlanNames): string {
  if (policy === null) return SCOPE_TEXT[scope];
  const { api, plan: slug, name, operations } = policy;
  const names = plans.get(api);
  const plan = names?.plan?.slug === slug ? names.plan.name : slug;
  return `Plan ${plan} of ${names?.api ?? api}: ${name}${operations === null ? "" : ` (${operations})`}`;
}

/** The texts of rate limits and quotas. */
export const limitsText = {
  title: "Limits",
  usage: "Current usage",
  usageOfProject: "All keys of the project together. You can also set limits for a single key, on its page.",
  ofProject: {
    title: "Project limits",
    description: "A request over any limit is rejected and does not count.",
  },
  ofKey: {
    title: "Key limits",
    description: "A request over any limit of the key or the project is rejected and does not count.",
  },
  onlyOwners: "Only owners can change limits.",
  ceiling: {
    title: "Ceiling",
    description: "Set by administrators. It applies in addition to the limits of the project's owners.",
  },
  none: "No limits. A rate limit stops one caller from using all capacity; a quota limits a day or a month.",
  denied: "Denied in the last 24 hours:",
  byRate: (count: number) => `${formatNumber(count)} by a rate limit`,
  byQuota: (count: number) => `${formatNumber(count)} by a quota`,
  of: "of",
  unitsThis: (period: "day" | "month") => (period === "day" ? "units today" : "units this month"),
  rate: "Rate limit",
  rateHint: "Units, 1 to 1,000,000. Leave empty for no rate limit.",
  per: "Per",
  timeUnit: "Time unit",
  timeUnits: { "1": "seconds", "60": "minutes", "3600": "hours" },
  quota: "Quota",
  quotaHint: "Units. Leave empty for no quota.",
  period: "Period",
  periods: { day: "day (UTC)", month: "month (UTC)" },
  save: "Save limits",
  saved: "Saved. In effect everywhere within a second.",
};

const WINDOW_UNITS = [
  { seconds: 3_600, name: "hour" },
  { seconds: 60, name: "minute" },
  { seconds: 1, name: "second" },
] as const;

/** A window in its largest whole unit: 90 seconds stay 90 seconds, 120 are 2 minutes. */
export function windowOf(windowSeconds: number): { count: number; seconds: number; name: string } {
  const unit = WINDOW_UNITS.find(({ seconds }) => windowSeconds % seconds === 0) ?? WINDOW_UNITS[2];
  return { ...unit, count: windowSeconds / unit.seconds };
}

/** "100 units per 60 seconds". */
export function rateText({ limit, windowSeconds }: Rate): string {
  const { count, name } = windowOf(windowSeconds);
  return `${plural(limit, "unit")} per ${count === 1 ? name : `${count} ${name}s`}`;
}

/** When a quota will be used up, or how much of it will be used at the current rate. */
export function forecastText({ limit, used, period, forecast, fullAt, resetAt }: QuotaMeter): string {
  const end = period === "day" ? "midnight UTC" : dayInUtc(resetAt);
  if (used >= limit) return `Used up: requests are denied until ${end}.`;
  if (fullAt !== null) {
    const when = period === "day" ? `at ${fullAt.slice(11, 16)} UTC` : `on ${dayInUtc(fullAt)}`;
    return `At the current rate, it will be used up ${when}.`;
  }
  return `At the current rate, ${plural(forecast, "unit")} will be used by ${end}.`;
}

/** Quotas are counted in days and months of UTC. */
function dayInUtc(instant: string): string {
  return `${formatDate(Date.parse(instant), "UTC")} UTC`;
}
