import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { Usage } from "#domain/usage/schema.ts";
import { defineUrlState, oneOf, text, type UrlStateOf } from "../ui/url-state.ts";

export interface UsageRange {
  interval: UsageInterval;
  /** Length of a bucket. */
  bucketMs: number;
  buckets: number;
  /** How often the numbers are refreshed while the page is visible. */
  refreshMs: number;
}

export const USAGE_RANGES = {
  "1h": { interval: "minute", bucketMs: MINUTE_MS, buckets: 60, refreshMs: 5_000 },
  "24h": { interval: "hour", bucketMs: HOUR_MS, buckets: 24, refreshMs: 5_000 },
  "7d": { interval: "hour", bucketMs: HOUR_MS, buckets: 168, refreshMs: 15_000 },
  "30d": { interval: "day", bucketMs: DAY_MS, buckets: 30, refreshMs: MINUTE_MS },
  "90d": { interval: "day", bucketMs: DAY_MS, buckets: 90, refreshMs: MINUTE_MS },
} satisfies Record<string, UsageRange>;
export type RangeName = keyof typeof USAGE_RANGES;
export const RANGE_NAMES = Object.keys(USAGE_RANGES) as RangeName[];

/** What the bars are grouped by, and the API's name for it. */
export const USAGE_GROUPS = {
  outcome: "code",
  key: "key",
  secret: "secret",
  api: "api",
  operation: "operation",
  environment: "environment",
  externalId: "externalId",
} as const;
export type GroupName = keyof typeof USAGE_GROUPS;
export const GROUP_NAMES = Object.keys(USAGE_GROUPS) as GroupName[];

/** A text as it is counted: without control characters, which databases may reject. */
const value = (text: string) => (/^\P{Cc}{1,200}$/u.test(text) && text.isWellFormed() ? text : undefined);

/** The parameters that narrow what is counted, and the API's names for them. */
export const USAGE_FILTERS = {
  key: "keyId",
  secret: "secretId",
  api: "api",
  operation: "operation",
  environment: "environment",
  externalId: "externalId",
  code: "code",
  outcome: "outcome",
} as const;
export type FilterName = keyof typeof USAGE_FILTERS;
export const FILTER_NAMES = Object.keys(USAGE_FILTERS) as FilterName[];

/** An instant such as "2026-11-23T14:00:00.000Z". */
const instant = (text: string) =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

export const USAGE_URL = defineUrlState({
  range: oneOf(RANGE_NAMES),
  from: instant,
  to: instant,
  by: oneOf(GROUP_NAMES),
  compare: oneOf(["previous"]),
  key: text(/^[\w-]{1,200}$/),
  secret: text(/^[\w-]{1,200}$/),
  api: text(/^[a-z][a-z0-9-]{0,49}$/),
  operation: value,
  environment: oneOf(["live", "test"]),
  externalId: value,
  code: oneOf(VERDICT_CODES),
  outcome: oneOf(["allowed", "denied"]),
  view: oneOf(["table"]),
  zone: oneOf(["utc"]),
});
type UrlValues = UrlStateOf<typeof USAGE_URL>;

/** A time range that is not one of the named ones, epoch ms. */
export interface Span {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Which numbers are shown. */
export interface UsageView extends Pick<UrlValues, FilterName> {
  range: RangeName;
  /** Instead of `range`. */
  span?: Span | undefined;
  by: GroupName;
  /** With the numbers of the period before. */
  compare?: "previous" | undefined;
}

/** What the usage panel shows at one moment. */
export interface PanelData {
  /** The view that these numbers belong to. */
  view: UsageView;
  usage: Usage;
  /** Of `usage.total`. */
  denied: number;
  /** Names of the filtered key and secret, by id. */
  names: Record<string, string>;
  /** Epoch ms by the server's clock, which decides which bucket is unfinished. */
  atMs: number;
}

/** Longer ranges have more buckets than a response may have. */
const MAX_SPAN_MS = 1_900 * DAY_MS;

export function isUsableSpan({ from, to }: Span): boolean {
  return from < to && to - from <= MAX_SPAN_MS;
}

/** The view in a URL: the last day by outcome unless it says otherwise. */
export function readUsageView(search: { get(name: string): string | null }): UsageView {
  const { view: _, zone: __, from, to, range, by, ...rest } = USAGE_URL.read(search);
  const span = { from: Date.parse(from ?? ""), to: Date.parse(to ?? "") };
  return { range: range ?? "24h", ...(isUsableSpan(span) && { span }), by: by ?? "outcome", ...rest };
}

/** The parameters of a URL that has this view. */
export function viewParams({ span, range, by, ...rest }: UsageView): [string, string | undefined][] {
  return Object.entries({
    ...(span ? spanParams(span) : { range }),
    by: by === "outcome" ? undefined : by,
    ...rest,
  });
}

export function spanParams({ from, to }: Span): Record<"from" | "to", string> {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The input of `readUsage` for a view, in epoch ms: whole buckets, the last of which contains `nowMs`. */
export function usageInputOf(view: UsageView, nowMs: number) {
  const { range, span, by, compare } = view;
  const { interval, bucketMs, buckets } = USAGE_RANGES[range];
  const last = Math.floor(nowMs / bucketMs) * bucketMs;
  const named = { from: last - (buckets - 1) * bucketMs, to: last + bucketMs, interval };
  const shown: Span & { interval?: UsageInterval } = span ?? named;
  return { ...shown, groupBy: USAGE_GROUPS[by], ...filtersOf(view), ...(compare && { compare }) };
}

/** The filters with the API's names. */
function filtersOf(view: UsageView) {
  const { key, secret, api, operation, environment, externalId, code, outcome } = view;
  const filters = { keyId: key, secretId: secret, api, operation, environment, externalId };
  return { ...filters, code, outcome };
}

/** How often the numbers of a view are refreshed; null if they no longer change. */
export function refreshMsOf({ range, span }: UsageView, nowMs: number): number | null {
  if (span === undefined) return USAGE_RANGES[range].refreshMs;
  // Requests are counted within seconds, or when a verifier that was away returns.
  if (span.to < nowMs - HOUR_MS) return null;
  return span.to - span.from > 8 * DAY_MS ? MINUTE_MS : 15_000;
}
