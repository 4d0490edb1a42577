import { formatNumber } from "../ui/format.ts";

interface WeekChartProps {
  /** Seven days up to today (UTC), the oldest first. */
  week: { valid: number; refused: number }[];
  nowMs: number;
}

const DAY = 86_400_000;
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });

/** A week of checks, a bar a day; today's is paler, since it is not over. The Usage page has the rest. */
export function WeekChart({ week, nowMs }: WeekChartProps) {
  const most = Math.max(1, ...week.map((day) => day.valid + day.refused));
  return (
    <ol className="grid grid-cols-7 gap-2">
      {week.map((day, index) => {
        const today = index === week.length - 1;
        const label = WEEKDAY.format(nowMs - (week.length - 1 - index) * DAY);
        const all = day.valid + day.refused;
        const words = `${today ? "Today so far" : label}: ${formatNumber(all)} check${all === 1 ? "" : "s"}, ${formatNumber(day.refused)} refused`;
        return (
          <li key={label} data-tip={words} className="grid gap-1.5">
            <span className="sr-only">{words}</span>
            <svg
              aria-hidden="true"
              viewBox="0 0 10 100"
              preserveAspectRatio="none"
              className="h-28 w-full border-b border-border"
            >
              <Bars valid={(day.valid / most) * 100} refused={(day.refused / most) * 100} today={today} />
            </svg>
            <span aria-hidden className={today ? "text-center text-xs" : "text-center text-xs text-muted"}>
              {today ? "Today" : label}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Bars({ valid, refused, today }: { valid: number; refused: number; today: boolean }) {
  const opacity = today ? 0.55 : 1;
  const seen = refused === 0 ? 0 : Math.max(2, refused);
  const low = valid === 0 ? 0 : Math.max(2, Math.min(valid, 100 - seen));
  return (
    <g opacity={opacity}>
      <rect x={2} y={100 - low} width={6} height={low} className="fill-chart-valid" />
      <rect x={2} y={100 - low - seen} width={6} height={seen} className="fill-chart-credential" />
    </g>
  );
}
