/** Prices have up to this many digits behind the point. */
const PRICE_DIGITS = 6;

/** How many digits behind the point amounts of a currency (ISO 4217) have: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/**
 * `price * numerator / denominator` in minor units of the currency, rounded half up, once and without floating point.
 * `price` is in decimal notation with up to 6 digits behind the point; none of the three is negative.
 */
export function amountOf(price: string, numerator: number, denominator: number, currency: string): bigint {
  const scale = BigInt(denominator) * 10n ** BigInt(PRICE_DIGITS);
  const exact = scaled(price) * BigInt(numerator) * 10n ** BigInt(minorDigits(currency));
  return (2n * exact + scale) / (2n * scale);
}

/** An amount in minor units in decimal notation: 1234 euro cents are `12.34`. */
export function formatAmount(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const text = minor.toString().padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function scaled(price: string): bigint {
  const [, whole = "0", fraction = ""] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(price) ?? [];
  return BigInt(whole) * 10n ** BigInt(PRICE_DIGITS) + BigInt(fraction.padEnd(PRICE_DIGITS, "0"));
}
