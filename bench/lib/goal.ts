/** A performance goal with the measured value. */
export interface Goal {
  name: string;
  measured: number;
  limit: number;
  is: "at least" | "at most";
  unit: string;
  /** Other measured values that explain the result. */
  details: string[];
}

export function isMet({ measured, limit, is }: Goal): boolean {
  return is === "at least" ? measured >= limit : measured <= limit;
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Formats a number with significant digits, such as 12,346 or 12.3. */
export function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}
