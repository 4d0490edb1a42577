import { familyOf, VERDICT_CODES } from "#core/verdict.ts";

/** The color of the code's family, as in the chart. */
export function codeColor(group: string): string {
  const code = VERDICT_CODES.find((known) => known === group);
  return code === undefined ? "var(--chart-other)" : `var(--chart-${familyOf(code)})`;
}

/** A bar whose length shows a count relative to `max`. A count above zero is always visible. */
export function CountBar({ value, max, color }: { value: number; max: number; color: string }) {
  const percent = value === 0 ? 0 : Math.max(1, (value / Math.max(1, max)) * 100);
  return (
    <svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none" className="h-1.5 w-full">
      <rect width={100} height={1} fill="var(--border)" />
      <rect width={percent} height={1} fill={color} />
    </svg>
  );
}
