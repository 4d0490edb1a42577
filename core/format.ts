/** One locale for every text: server and browser must render the same. */
export const LOCALE = "en-US";

const WHOLE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** A count with separators: "12,431". */
export function formatNumber(count: number): string {
  return WHOLE.format(count);
}

/** An amount in decimal notation with separators, and without rounding: "1234.50" is "1,234.50". */
export function formatDecimal(amount: string): string {
  return amount.replace(/^\d+/, (whole) => WHOLE.format(BigInt(whole)));
}

/** "1 key", "1,240 keys"; `many` where the plural is irregular. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

const TENTHS = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** A size in KiB, or in MiB from 1 MiB: "12 KiB", "16 MiB", "16.4 MiB". */
export function formatBytes(bytes: number): string {
  const kib = Math.ceil(bytes / 1_024);
  return kib < 1_024 ? `${kib} KiB` : `${TENTHS.format(bytes / 1_048_576)} MiB`;
}

/** "30 seconds", "2 minutes", "1 hour": rounded up. */
export function formatWait(seconds: number): string {
  if (seconds < 60) return plural(seconds, "second");
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? plural(minutes, "minute") : plural(Math.ceil(minutes / 60), "hour");
}
