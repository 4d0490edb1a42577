import type { StackLayer } from "./stack.ts";

/** A bar of one layer. `x` and `width` in buckets, `y` and `height` in px from the top. */
export interface Bar {
  index: number;
  x: number;
  width: number;
  y: number;
  height: number;
}

/** The part of a bucket that stays empty between two bars. */
const GAP = 0.2;
/** With many buckets the bars are only a few pixels wide. */
const MANY_BUCKETS = 100;
const NARROW_GAP = 0.12;

/** The bars of stacked layers, the first at the bottom. A count of `max` is `height` px high. */
export function barsOf(
  layers: readonly Pick<StackLayer, "id" | "color" | "counts">[],
  { max, height }: { max: number; height: number },
): { id: string; color: string; bars: Bar[] }[] {
  const below: number[] = [];
  return layers.map(({ id, color, counts }) => {
    const gap = counts.length > MANY_BUCKETS ? NARROW_GAP : GAP;
    const bars = counts.flatMap((count, index): Bar[] => {
      const from = below[index] ?? 0;
      below[index] = from + count;
      if (count <= 0) return [];
      const y = height * (1 - (from + count) / max);
      return [{ index, x: index + gap / 2, width: 1 - gap, y, height: (height * count) / max }];
    });
    return { id, color, bars };
  });
}

/** One SVG path for all bars of a layer: a chart has up to 1,200 bars, and an element for each is slow. */
export function barPath(bars: readonly Bar[]): string {
  return bars
    .map(
      ({ x, width, y, height }) =>
        `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h-${round(width)}z`,
    )
    .join("");
}

/** A line of steps, one as wide as each bucket. A count of `max` is `height` px high. */
export function stepPath(
  counts: readonly number[],
  { max, height }: { max: number; height: number },
): string {
  const yOf = (count: number) => round(height * (1 - count / max));
  return counts.map((count, index) => `${index === 0 ? "M0 " : "V"}${yOf(count)}h1`).join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
