import { formatNumber } from "../ui/format.ts";

/** A minute's checks as a rate: few are not rounded to none. */
export function perSecond(checksInMinute: number): string {
  const rate = checksInMinute / 60;
  if (rate === 0 || rate >= 99.95) return formatNumber(Math.round(rate));
  return rate < 0.995 ? rate.toFixed(2) : rate.toFixed(1).replace(".0", "");
}
