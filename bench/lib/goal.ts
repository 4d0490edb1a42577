/** One figure that the project has set itself, and what was measured. */
export interface Goal {
  name: string;
  measured: number;
  limit: number;
  is: "at least" | "at most";
  unit: string;
  /** What else was seen on the way, for whoever wants to know why. */
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

/** A number as people read it: 12 345.6, with as many digits as matter. */
export function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: digits }).replaceAll(",", " ");
}
