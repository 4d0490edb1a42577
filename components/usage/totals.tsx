import type { ReactNode } from "react";
import { formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { usageText } from "./text.ts";

interface TotalsProps {
  total: number;
  denied: number;
  /** "the last 24 hours" */
  range: string;
  /** More figures, in front of these. */
  children?: ReactNode;
}

/** The range in three figures. */
export function Totals({ total, denied, range, children }: TotalsProps) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      {children}
      <Figure label={usageText.totals.requests(range)}>
        <FormattedNumber value={total} />
      </Figure>
      <Figure label={usageText.totals.denied}>
        <FormattedNumber value={denied} />
      </Figure>
      <Figure label={usageText.totals.deniedShare}>
        <span className="tabular-nums">{formatShare(denied, total)}</span>
      </Figure>
    </dl>
  );
}

export function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-xl font-semibold tracking-tight">{children}</dd>
    </div>
  );
}
