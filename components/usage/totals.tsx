import type { ReactNode } from "react";
import { formatNumber } from "#core/format.ts";
import { formatChange, formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { usageText } from "./text.ts";

interface TotalsProps {
  total: number;
  denied: number;
  /** "the last 24 hours" */
  range: string;
  /** More statistics, in front of these. */
  children?: ReactNode;
  /** The requests of the period before; null if they are no longer stored, undefined if they are not asked for. */
  previous?: number | null | undefined;
  /** Shows only denied requests. */
  onDenied?: (() => void) | undefined;
}

/** Three statistics of the range. */
export function Totals({ total, denied, range, children, previous, onDenied }: TotalsProps) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      {children}
      <Stat label={usageText.totals.requests(range)}>
        <FormattedNumber value={total} />
        {previous === undefined ? null : (
          <span className="ml-2 text-sm font-normal text-muted">{comparison(total, previous)}</span>
        )}
      </Stat>
      <Stat label={usageText.totals.denied}>
        {onDenied && denied > 0 ? (
          <button
            type="button"
            onClick={onDenied}
            className="relative min-w-6 rounded text-left underline decoration-border underline-offset-4 hover:decoration-ink"
          >
            <FormattedNumber value={denied} /> <span className="sr-only">{usageText.totals.showDenied}</span>
          </button>
        ) : (
          <FormattedNumber value={denied} />
        )}
      </Stat>
      <Stat label={usageText.totals.deniedShare}>
        <span className="tabular-nums">{formatShare(denied, total)}</span>
      </Stat>
    </dl>
  );
}

export function Stat({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-xl font-semibold tracking-tight">{children}</dd>
    </div>
  );
}

function comparison(total: number, previous: number | null): string {
  const { previous: text } = usageText;
  if (previous === null) return text.notKept;
  const change = formatChange(total, previous);
  return text.total(formatNumber(previous), change === null ? "" : text.change(change));
}
