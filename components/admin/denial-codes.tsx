import { familyOf, VERDICT_CODES } from "#core/verdict.ts";
import type { UsageSeries } from "#domain/usage/schema.ts";
import { Card } from "../ui/card.tsx";
import { formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { adminText } from "./text.ts";

const { usage: text } = adminText;

interface DenialCodesProps {
  /** By code, the largest first. */
  series: UsageSeries[];
  denied: number;
  /** "the last 24 hours" */
  words: string;
}

/** The denied requests by code, the most frequent first. */
export function DenialCodes({ series, denied, words }: DenialCodesProps) {
  const codes = series.filter(({ group }) => group !== "VALID");
  const max = Math.max(0, ...codes.map(({ total }) => total));
  return (
    <Card className="grid content-start gap-4">
      <h3 className="text-base font-semibold">{text.deniedByCode}</h3>
      {codes.length === 0 ? (
        <p className="text-sm text-muted">{text.noDenied(words)}</p>
      ) : (
        <ul className="grid gap-2.5">
          {codes.map(({ group, total }) => (
            <li key={group} className="grid gap-1 text-sm">
              <span className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate font-mono">{group}</span>
                <span className="whitespace-nowrap">
                  <FormattedNumber value={total} />
                  <span className="ml-3 inline-block min-w-14 text-right text-muted tabular-nums">
                    {formatShare(total, denied)}
                  </span>
                </span>
              </span>
              <CountBar value={total} max={max} color={colorOf(group)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The color of the code's family, as in the chart. */
function colorOf(group: string): string {
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
