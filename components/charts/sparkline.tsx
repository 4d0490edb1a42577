import { chartsText } from "./text.ts";

/** One day of the sparkline. */
export interface SparkPoint {
  valid: number;
  denied: number;
}

const BAR = 8;
const GAP = 3;
const HEIGHT = 24;
/** A day with few requests must look different from one with none. */
const MIN_BAR = 2;

/** About a week of requests as small bars, with denied requests tinted. Scaled to its own highest day. */
export function Sparkline({ points, className }: { points: SparkPoint[]; className?: string }) {
  const max = Math.max(1, ...points.map(({ valid, denied }) => valid + denied));
  const text = sparklineText(points);
  const bars = points.map((point) => barOf(point, max));
  const width = points.length * (BAR + GAP) - GAP;
  return (
    <svg
      role="img"
      aria-label={text}
      data-tip={text}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className={className}
    >
      <path d={barsPath(bars.map(() => ({ y: HEIGHT - 1, height: 1 })))} fill="var(--border)" />
      <path
        d={barsPath(bars.map((bar) => ({ y: HEIGHT - bar.valid, height: bar.valid })))}
        fill="var(--chart-valid)"
      />
      <path
        d={barsPath(bars.map((bar) => ({ y: HEIGHT - bar.valid - bar.denied, height: bar.denied })))}
        fill="var(--chart-credential)"
      />
    </svg>
  );
}

/** One path for all bars of a color: a table has dozens of sparklines, and a rectangle for each bar is slow. */
function barsPath(bars: { y: number; height: number }[]): string {
  return bars
    .map(({ y, height }, day) =>
      height === 0 ? "" : `M${day * (BAR + GAP)} ${round(y)}h${BAR}v${round(height)}h-${BAR}z`,
    )
    .join("");
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** Heights in px: each part that is not zero is visible, and both together fit. */
export function barOf({ valid, denied }: SparkPoint, max: number): SparkPoint {
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(MIN_BAR, (count / max) * HEIGHT));
  const deniedHeight = heightOf(denied);
  return { denied: deniedHeight, valid: Math.min(heightOf(valid), HEIGHT - deniedHeight) };
}

function sparklineText(points: SparkPoint[]): string {
  const denied = points.reduce((sum, point) => sum + point.denied, 0);
  const total = points.reduce((sum, point) => sum + point.valid, denied);
  return chartsText.sparkline(points.length, total, denied);
}
