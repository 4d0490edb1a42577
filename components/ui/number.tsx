import { compactCount, formatCount } from "./format.ts";

interface NumProps {
  value: number;
  /** 12.4k, with the whole number on hover. */
  compact?: boolean;
  /** Named in the singular: "check". */
  unit?: string;
  className?: string;
}

/** A count, in figures that line up. */
export function FormattedNumber({ value, compact, unit, className }: NumProps) {
  const whole = formatCount(value);
  const shown = compact ? compactCount(value) : whole;
  const words = unit ? ` ${unit}${value === 1 ? "" : "s"}` : "";
  return (
    <span
      className={className ? `tabular-nums ${className}` : "tabular-nums"}
      data-tip={shown === whole ? undefined : `${whole}${words}`}
    >
      {shown}
      {words}
    </span>
  );
}
