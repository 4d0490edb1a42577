import type { UsageSeries } from "#domain/usage/schema.ts";
import { CountBar, codeColor } from "../charts/count-bar.tsx";
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
              <CountBar value={total} max={max} color={codeColor(group)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
