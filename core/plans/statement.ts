import { compare } from "../compare.ts";
import { HOUR_MS } from "../time.ts";
import { amountOf, formatAmount } from "./money.ts";
import { isInRange, type PlanTerms, type TimeRange, versionAt } from "./terms.ts";

/** Terms that applied to one project instead of those of its plan. */
export interface OverridePeriod extends TimeRange {
  terms: Partial<PlanTerms>;
}

/** When a project is on a plan of an API, with the terms that a month is billed by. */
export interface BilledPlanPeriod extends TimeRange {
  /** Slug of the API. */
  api: string;
  plan: { slug: string; name: string };
  versions: readonly { version: number; appliesAt: number; terms: PlanTerms }[];
  /** All that were in effect in the month, also those that were replaced or removed since. */
  overrides: readonly OverridePeriod[];
  trialEndsAt: number | null;
}

/** Allowed requests of one operation in a part of the month. */
export interface CountedUsage {
  /** Start of the hour, or of the day for old months; epoch ms. */
  at: number;
  api: string;
  operation: string;
  requests: number;
  units: number;
}

export interface StatementLine {
  /** `usage` of an operation, or the monthly `fee` of a plan, or `late` usage of an earlier month. */
  kind: "usage" | "fee" | "late";
  /** With `late`: the month, as `2026-10`. */
  month: string | null;
  api: string;
  plan: { slug: string; name: string; version: number } | null;
  /** Whether it is free, because the plan is being tried. */
  trial: boolean;
  operation: string | null;
  requests: number;
  units: number;
  /** Of `units`: those that the plan includes. Without a plan, all. */
  included: number;
  /** Of `units`: those beyond. */
  over: number;
  /** Per 1,000 units over, or per month with `fee`. Decimal. */
  price: string | null;
  currency: string | null;
  /** Decimal, rounded half up to the currency's minor unit; null without a price. */
  amount: string | null;
}

interface Month {
  start: number;
  /** Exclusive. */
  end: number;
}

/**
 * The lines of a month. Usage of an hour belongs to the plan, version and override that are in effect when the hour
 * begins, or to the first plan that begins in it. As the limits do, all usage of the month counts towards the included
 * units of the plan in effect: hour by hour, in an hour by operation. The units of all lines add up to those of `usage`.
 */
export function statementLines(
  month: Month,
  usage: readonly CountedUsage[],
  periods: readonly BilledPlanPeriod[],
): StatementLine[] {
  const lines = new Map<string, StatementLine & { perThousand: PlanTerms["price"] }>();
  const countedUnits = new Map<string, number>();
  for (const { at, api, operation, requests, units } of inOrder(usage)) {
    const terms = termsAt(periods, api, at, month);
    const before = countedUnits.get(api) ?? 0;
    countedUnits.set(api, before + units);
    const left = terms?.included == null ? units : Math.max(0, terms.included - before);
    const included = Math.min(units, left);
    const name = JSON.stringify([
      api,
      terms?.plan ?? null,
      terms?.trial ?? false,
      terms?.price ?? null,
      operation,
    ]);
    const line = lines.get(name) ?? {
      ...emptyLine(api, terms),
      operation,
      perThousand: terms?.price ?? null,
    };
    lines.set(name, line);
    line.requests += requests;
    line.units += units;
    line.included += included;
    line.over += units - included;
  }
  const priced = [...lines.values()].map(({ perThousand, ...line }) => withAmount(line, perThousand));
  return [...feeLines(month, periods), ...priced].sort(compareLines);
}

interface TermsInEffect {
  plan: { slug: string; name: string; version: number };
  trial: boolean;
  included: number | null;
  price: PlanTerms["price"];
}

function termsAt(
  periods: readonly BilledPlanPeriod[],
  api: string,
  at: number,
  month: Month,
): TermsInEffect | null {
  const ofApi = periods.filter((period) => period.api === api);
  const begins = ({ startsAt }: BilledPlanPeriod) =>
    startsAt > at && startsAt < Math.min(at + HOUR_MS, month.end);
  const period =
    ofApi.find((one) => isInRange(one, at)) ??
    ofApi.filter(begins).sort((a, b) => a.startsAt - b.startsAt)[0];
  if (period === undefined) return null;
  return termsIn(period, Math.max(at, period.startsAt));
}

function termsIn(period: BilledPlanPeriod, at: number): TermsInEffect | null {
  const version = versionAt(period.versions, at);
  if (version === null) return null;
  const terms = { ...version.terms, ...overrideAt(period, at)?.terms };
  return {
    plan: { ...period.plan, version: version.version },
    trial: period.trialEndsAt !== null && at < period.trialEndsAt,
    included: terms.includedUnits,
    price: terms.price,
  };
}

/** The override in effect. Where two overlap, because the clocks of two processes differ, the later one. */
function overrideAt({ overrides }: BilledPlanPeriod, at: number): OverridePeriod | null {
  let latest: OverridePeriod | null = null;
  for (const one of overrides) {
    if (isInRange(one, at) && (latest === null || one.startsAt > latest.startsAt)) latest = one;
  }
  return latest;
}

/** A part of the month in which the monthly price is the same. */
interface PricedPart {
  terms: TermsInEffect | null;
  from: number;
  to: number;
}

/** The monthly prices, for the part of the month in which they apply. */
function feeLines(month: Month, periods: readonly BilledPlanPeriod[]): StatementLine[] {
  return periods.flatMap((period) => {
    const start = Math.max(month.start, period.startsAt);
    const end = Math.min(month.end, period.endsAt ?? month.end);
    return pricedParts(period, start, end).flatMap(({ terms, from, to }): StatementLine[] => {
      if (terms?.price == null || terms.trial || Number(terms.price.monthly) === 0) return [];
      const { currency, monthly } = terms.price;
      const amount = amountOf(monthly, to - from, month.end - month.start, currency);
      return [
        {
          ...emptyLine(period.api, terms),
          kind: "fee",
          price: monthly,
          currency,
          amount: formatAmount(amount, currency),
        },
      ];
    });
  });
}

/** Changes that leave the monthly price as it is don't divide the month. */
function pricedParts(period: BilledPlanPeriod, start: number, end: number): PricedPart[] {
  const changes = [
    ...period.versions.map(({ appliesAt }) => appliesAt),
    period.trialEndsAt ?? start,
    ...period.overrides.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt ?? start]),
  ]
    .filter((at) => at > start && at < end)
    .sort((a, b) => a - b);
  const parts: PricedPart[] = [];
  for (const from of start < end ? new Set([start, ...changes]) : []) {
    const last = parts.at(-1);
    if (last) last.to = from;
    const terms = termsIn(period, from);
    if (!last || feeOf(last.terms) !== feeOf(terms)) parts.push({ terms, from, to: end });
    else last.to = end;
  }
  return parts;
}

/** What a fee line says, as text. */
function feeOf(terms: TermsInEffect | null): string {
  return JSON.stringify(terms && [terms.plan, terms.trial, terms.price?.currency, terms.price?.monthly]);
}

function emptyLine(api: string, terms: TermsInEffect | null): StatementLine {
  return {
    kind: "usage",
    month: null,
    api,
    plan: terms?.plan ?? null,
    trial: terms?.trial ?? false,
    operation: null,
    requests: 0,
    units: 0,
    included: 0,
    over: 0,
    price: null,
    currency: null,
    amount: null,
  };
}

function withAmount(line: StatementLine, price: PlanTerms["price"]): StatementLine {
  if (price === null) return line;
  const { currency, perThousand } = price;
  const billed = line.trial ? 0 : line.over;
  const amount = formatAmount(amountOf(perThousand, billed, 1_000, currency), currency);
  return { ...line, price: perThousand, currency, amount };
}

function inOrder(usage: readonly CountedUsage[]): CountedUsage[] {
  return [...usage].sort((a, b) => a.at - b.at || compare(a.api, b.api) || compare(a.operation, b.operation));
}

function compareLines(a: StatementLine, b: StatementLine): number {
  return (
    compare(a.api, b.api) ||
    compare(a.plan?.slug ?? "", b.plan?.slug ?? "") ||
    (a.plan?.version ?? 0) - (b.plan?.version ?? 0) ||
    // The fee before the operations.
    Number(a.kind !== "fee") - Number(b.kind !== "fee") ||
    compare(a.operation ?? "", b.operation ?? "")
  );
}

/** The sums of a statement: requests, units, and the amounts of each currency. */
export function totalOf(lines: readonly StatementLine[]) {
  const amounts = new Map<string, bigint>();
  let [requests, units] = [0, 0];
  for (const line of lines) {
    requests += line.requests;
    units += line.units;
    if (line.currency === null || line.amount === null) continue;
    const minor = BigInt(line.amount.replace(".", ""));
    amounts.set(line.currency, (amounts.get(line.currency) ?? 0n) + minor);
  }
  return {
    requests,
    units,
    amounts: [...amounts]
      .sort(([a], [b]) => compare(a, b))
      .map(([currency, minor]) => ({ currency, amount: formatAmount(minor, currency) })),
  };
}
