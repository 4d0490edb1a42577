import { formatNumber } from "#core/format.ts";

const COMPACT_UNITS = [
  { from: 1e9, unit: "B" },
  { from: 1e6, unit: "M" },
  { from: 1e3, unit: "k" },
] as const;

/** "12.4k" for narrow places; whole below 10,000. */
export function formatCompactNumber(count: number): string {
  if (count < 10_000) return formatNumber(count);
  for (const { from, unit } of COMPACT_UNITS) {
    // Cut rather than round: 999,999 is not yet 1M.
    if (count >= from) return `${dropZero(Math.floor((count / from) * 10) / 10)}${unit}`;
  }
  return formatNumber(count);
}

function dropZero(value: number): string {
  return value >= 100 ? String(Math.floor(value)) : value.toFixed(1).replace(/\.0$/, "");
}

/** "3.2%" of a whole. Never rounds a few to none, nor almost all to all. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0%";
  const percent = (part / whole) * 100;
  if (percent < 0.01) return "<0.01%";
  if (percent > 99.99 && part < whole) return ">99.99%";
  return `${percent < 1 ? percent.toFixed(2) : percent.toFixed(1).replace(".0", "")}%`;
}

/** "+12%" or "−3.4%" against an earlier count; null if that was zero. */
export function formatChange(count: number, before: number): string | null {
  if (before === 0) return null;
  const percent = (count / before - 1) * 100;
  const size = Math.abs(percent);
  const digits = size < 9.95 ? size.toFixed(1).replace(".0", "") : formatNumber(Math.round(size));
  if (digits === "0") return count === before ? "±0%" : percent > 0 ? "+<0.1%" : "−<0.1%";
  return `${percent > 0 ? "+" : "−"}${digits}%`;
}

/** "a, b and c": without a serial comma, as in every text of the pages. */
export function formatList(items: string[]): string {
  return new Intl.ListFormat("en-GB").format(items);
}

/** "0.2 s". */
export function formatSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** The requests of a minute as a rate per second. Small rates are not rounded to zero. */
export function formatPerSecond(requestsInMinute: number): string {
  const rate = requestsInMinute / 60;
  if (rate === 0 || rate >= 99.95) return formatNumber(Math.round(rate));
  return rate < 0.995 ? rate.toFixed(2) : rate.toFixed(1).replace(".0", "");
}
