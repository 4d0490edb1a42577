import type { ReactNode } from "react";
import { FormattedNumber } from "../ui/number.tsx";

interface TotalsProps {
  total: number;
  refused: number;
  /** "the last 24 hours" */
  words: string;
  /** More figures, before these. */
  children?: ReactNode;
}

/** The span in three figures. */
export function Totals({ total, refused, words, children }: TotalsProps) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      {children}
      <Figure label={`Checks in ${words}`}>
        <FormattedNumber value={total} />
      </Figure>
      <Figure label="Refused">
        <FormattedNumber value={refused} />
      </Figure>
      <Figure label="Share refused">
        <span className="tabular-nums">{percent(refused, total)}</span>
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

/** A share that never rounds a few to none, nor almost all to all. */
export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const share = (part / whole) * 100;
  if (share < 0.01) return "< 0.01 %";
  if (share > 99.99 && part < whole) return "> 99.99 %";
  return `${share < 1 ? share.toFixed(2) : share.toFixed(1).replace(".0", "")} %`;
}
