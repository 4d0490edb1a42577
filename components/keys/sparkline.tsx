import { formatCount } from "../ui/format.ts";

interface SparklineProps {
  /** Checks a day, the oldest first; both of one length. */
  valid: readonly number[];
  refused: readonly number[];
  className?: string;
}

const BAR = 9;
const GAP = 3;
const HEIGHT = 22;

/** A week of checks as bars, what was refused tinted on top. Plain SVG: a table holds dozens. */
export function KeySparkline({ valid, refused, className }: SparklineProps) {
  const days = valid.map((count, day) => ({ valid: count, refused: refused[day] ?? 0 }));
  const most = Math.max(1, ...days.map((day) => day.valid + day.refused));
  const total = sum(valid) + sum(refused);
  const words =
    total === 0
      ? "No checks in 7 days"
      : `${formatCount(total)} check${total === 1 ? "" : "s"} in 7 days, ${formatCount(sum(refused))} refused`;
  const width = days.length * (BAR + GAP) - GAP;
  return (
    <svg
      role="img"
      aria-label={words}
      data-tip={words}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      className={className}
    >
      {/* What is under the pointer, also between the bars. */}
      <rect width={width} height={HEIGHT} fill="transparent" />
      {days.map((day, index) => {
        const x = index * (BAR + GAP);
        const refusedHeight = heightOf(day.refused, most);
        const validHeight = Math.min(heightOf(day.valid, most), HEIGHT - refusedHeight);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place
          <g key={index}>
            <rect x={x} y={HEIGHT - 1} width={BAR} height={1} className="fill-border" />
            <rect
              x={x}
              y={HEIGHT - validHeight}
              width={BAR}
              height={validHeight}
              className="fill-chart-valid"
            />
            <rect
              x={x}
              y={HEIGHT - validHeight - refusedHeight}
              width={BAR}
              height={refusedHeight}
              className="fill-chart-restriction"
            />
          </g>
        );
      })}
    </svg>
  );
}

/** What happened is never invisible: at least two pixels. */
function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
