import { formatNumber } from "../ui/format.ts";

/** One day of the sparkline. */
export interface SparkPoint {
  valid: number;
  refused: number;
}

const BAR = 8;
const GAP = 3;
const HEIGHT = 24;
/** What a day with few checks still gets, so that it is told apart from one with none. */
const LEAST = 2;

/** A week (or so) of checks as small bars, refusals tinted. Scaled to its own highest day. Plain SVG. */
export function Sparkline({ points, className }: { points: SparkPoint[]; className?: string }) {
  const most = Math.max(1, ...points.map(({ valid, refused }) => valid + refused));
  const words = sparkWords(points);
  const bars = points.map((point) => barOf(point, most));
  const width = points.length * (BAR + GAP) - GAP;
  return (
    <svg
      role="img"
      aria-label={words}
      data-tip={words}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className={className}
    >
      <path d={rects(bars.map(() => ({ y: HEIGHT - 1, height: 1 })))} fill="var(--border)" />
      <path
        d={rects(bars.map((bar) => ({ y: HEIGHT - bar.valid, height: bar.valid })))}
        fill="var(--chart-valid)"
      />
      <path
        d={rects(bars.map((bar) => ({ y: HEIGHT - bar.valid - bar.refused, height: bar.refused })))}
        fill="var(--chart-credential)"
      />
    </svg>
  );
}

/** One path for the bars of one colour: a table holds dozens of these, and a rectangle each is heavy. */
function rects(bars: { y: number; height: number }[]): string {
  return bars
    .map(({ y, height }, day) =>
      height === 0 ? "" : `M${day * (BAR + GAP)} ${round(y)}h${BAR}v${round(height)}h-${BAR}z`,
    )
    .join("");
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** Heights in pixels: each part that is not zero can be seen, and together they stay inside. */
export function barOf({ valid, refused }: SparkPoint, most: number): SparkPoint {
  const least = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * HEIGHT));
  const seen = least(refused);
  return { refused: seen, valid: Math.min(least(valid), HEIGHT - seen) };
}

function sparkWords(points: SparkPoint[]): string {
  const refused = points.reduce((sum, point) => sum + point.refused, 0);
  const checks = points.reduce((sum, point) => sum + point.valid, refused);
  const days = `Last ${points.length} days`;
  if (checks === 0) return `${days}: no checks`;
  return `${days}: ${formatNumber(checks)} check${checks === 1 ? "" : "s"}, ${refused === 0 ? "none" : formatNumber(refused)} refused`;
}
