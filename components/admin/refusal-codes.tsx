import { familyOf, VERDICT_CODES } from "#core/verdict.ts";
import type { UsageSeries } from "#domain/usage/types.ts";
import { Card } from "../ui/card.tsx";
import { formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { CountBar } from "./count-bar.tsx";

interface RefusalCodesProps {
  /** By code, the largest first. */
  series: UsageSeries[];
  refused: number;
  /** "the last 24 hours" */
  words: string;
}

/** Why checks were refused, the commonest reason first. */
export function RefusalCodes({ series, refused, words }: RefusalCodesProps) {
  const codes = series.filter(({ group }) => group !== "VALID");
  const most = Math.max(0, ...codes.map(({ total }) => total));
  return (
    <Card className="grid content-start gap-4">
      <h3 className="text-base font-semibold">Refusals by code</h3>
      {codes.length === 0 ? (
        <p className="text-sm text-muted">None in {words}.</p>
      ) : (
        <ul className="grid gap-2.5">
          {codes.map(({ group, total }) => (
            <li key={group} className="grid gap-1 text-sm">
              <span className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate font-mono">{group}</span>
                <span className="whitespace-nowrap">
                  <FormattedNumber value={total} />
                  <span className="ml-3 inline-block min-w-14 text-right text-muted tabular-nums">
                    {formatShare(total, refused)}
                  </span>
                </span>
              </span>
              <CountBar value={total} most={most} colour={colourOf(group)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** As in the chart: by what the refusal is about. */
function colourOf(group: string): string {
  const code = VERDICT_CODES.find((known) => known === group);
  return code === undefined ? "var(--chart-other)" : `var(--chart-${familyOf(code)})`;
}
