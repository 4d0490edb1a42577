import { LOCALE } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import { projectsText } from "./text.ts";

interface WeekChartProps {
  /** Seven days up to today (UTC), the oldest first. */
  week: { valid: number; denied: number }[];
  nowMs: number;
}

const WEEKDAY = new Intl.DateTimeFormat(LOCALE, { weekday: "short", timeZone: "UTC" });

/** A week of requests, one bar a day; the bar of the current day is paler. */
export function WeekChart({ week, nowMs }: WeekChartProps) {
  const max = Math.max(1, ...week.map((day) => day.valid + day.denied));
  return (
    <ol className="grid grid-cols-7 gap-2">
      {week.map((day, index) => {
        const today = index === week.length - 1;
        const label = WEEKDAY.format(nowMs - (week.length - 1 - index) * DAY_MS);
        const text = projectsText.requests.day(
          today ? projectsText.requests.todaySoFar : label,
          day.valid + day.denied,
          day.denied,
        );
        return (
          <li key={label} data-tip={text} className="grid gap-1.5">
            <span className="sr-only">{text}</span>
            <svg
              aria-hidden="true"
              viewBox="0 0 10 100"
              preserveAspectRatio="none"
              className="h-28 w-full border-b border-border"
            >
              <Bars valid={(day.valid / max) * 100} denied={(day.denied / max) * 100} today={today} />
            </svg>
            <span aria-hidden className={today ? "text-center text-xs" : "text-center text-xs text-muted"}>
              {today ? projectsText.requests.todayLabel : label}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Bars({ valid, denied, today }: { valid: number; denied: number; today: boolean }) {
  const opacity = today ? 0.55 : 1;
  const deniedHeight = denied === 0 ? 0 : Math.max(2, denied);
  const validHeight = valid === 0 ? 0 : Math.max(2, Math.min(valid, 100 - deniedHeight));
  return (
    <g opacity={opacity}>
      <rect x={2} y={100 - validHeight} width={6} height={validHeight} className="fill-chart-valid" />
      <rect
        x={2}
        y={100 - validHeight - deniedHeight}
        width={6}
        height={deniedHeight}
        className="fill-chart-credential"
      />
    </g>
  );
}
