import { formatNumber, plural } from "#core/format.ts";
import { formatCompactNumber } from "./format.ts";

interface FormattedNumberProps {
  value: number;
  /** "12.4k", with the whole number on hover. */
  compact?: boolean;
  /** In the singular: "request". */
  unit?: string;
  className?: string;
}

/** A count in tabular figures. */
export function FormattedNumber({ value, compact, unit, className }: FormattedNumberProps) {
  const whole = unit ? plural(value, unit) : formatNumber(value);
  const shown = compact ? whole.replace(formatNumber(value), formatCompactNumber(value)) : whole;
  return (
    <span
      className={className ? `tabular-nums ${className}` : "tabular-nums"}
      data-tip={shown === whole ? undefined : whole}
    >
      {shown}
    </span>
  );
}
