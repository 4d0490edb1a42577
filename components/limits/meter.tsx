import type { QuotaMeter } from "#domain/keys/limits/schema.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { forecastText, limitsText, SCOPE_TEXT } from "./text.ts";

/** From this share on, a quota needs attention. */
const NEARLY_USED = 0.8;

/** How much of a quota is used and, in a paler bar, how much will be used at the end of its period. */
export function Meter({ meter, title = SCOPE_TEXT[meter.scope] }: { meter: QuotaMeter; title?: string }) {
  const { limit, period, used, forecast, fullAt } = meter;
  const isOver = used >= limit;
  const isNear = !isOver && (used >= NEARLY_USED * limit || fullAt !== null);
  const color = isOver ? "var(--bad)" : isNear ? "var(--attention)" : "var(--accent)";
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{title}</span>
        <span className="text-sm text-muted">
          <FormattedNumber value={used} className="font-semibold text-ink" /> {limitsText.of}{" "}
          <FormattedNumber value={limit} /> {limitsText.unitsThis(period)}
        </span>
      </div>
      <svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none" className="h-2 w-full">
        <rect width={100} height={1} fill="var(--border)" />
        <rect width={percent(forecast, limit)} height={1} fill={color} opacity={0.35} />
        <rect width={percent(used, limit)} height={1} fill={color} />
      </svg>
      <p className={isOver ? "text-sm text-bad" : isNear ? "text-sm text-attention" : "text-sm text-muted"}>
        {forecastText(meter)}
      </p>
    </div>
  );
}

function percent(units: number, limit: number): number {
  return Math.min(100, (units / limit) * 100);
}
