import { formatCompactNumber } from "../ui/format.ts";
import { type Bar, barPath, barsOf, stepPath } from "./bars.ts";
import { type Bucket, sumByBucket } from "./grid.ts";
import { countTicks, PLOT } from "./scale.ts";
import type { StackLayer } from "./stack.ts";
import { LAST_LABEL_PX, type Tick } from "./time-labels.ts";

interface PlotProps {
  buckets: Bucket[];
  layers: StackLayer[];
  ticks: Tick[];
  /** The counts of the period before, as a line. */
  previous: readonly number[] | null;
}

const BARS_HEIGHT = PLOT.height - PLOT.top - PLOT.bottom;

/**
 * Bars, grid and axes only. usage-chart.tsx adds the legend and the interaction. Widths are shares of the whole, so
 * the server renders it without knowing the width of the screen.
 */
export function Plot({ buckets, layers, ticks, previous }: PlotProps) {
  const lines = countTicks(Math.max(0, ...sumByBucket(layers, buckets.length), ...(previous ?? [])));
  const top = lines.at(-1) ?? 1;
  const bars = barsOf(layers, { max: top, height: BARS_HEIGHT });
  return (
    <div aria-hidden className="relative text-xs text-muted tabular-nums" style={{ height: PLOT.height }}>
      {lines.map((count) => {
        const y = PLOT.top + BARS_HEIGHT * (1 - count / top);
        return (
          <div key={count} className="absolute inset-x-0" style={{ top: y }}>
            <span className="absolute -translate-y-1/2 pr-2 text-right" style={{ width: PLOT.left }}>
              {formatCompactNumber(count)}
            </span>
            <div
              className={count === 0 ? "absolute right-0 h-px bg-edge" : "absolute right-0 h-px bg-border"}
              style={{ left: PLOT.left }}
            />
          </div>
        );
      })}
      <div className="absolute right-0" style={{ left: PLOT.left, top: PLOT.top, height: BARS_HEIGHT }}>
        <svg
          aria-hidden
          viewBox={`0 0 ${buckets.length} ${BARS_HEIGHT}`}
          preserveAspectRatio="none"
          className="size-full"
        >
          {bars.map(({ id, color, bars: each }) => (
            <path
              key={id}
              fill={color}
              d={barPath(each.filter(({ index }) => !buckets[index]?.unfinished))}
            />
          ))}
          {previous ? (
            <path
              d={stepPath(previous, { max: top, height: BARS_HEIGHT })}
              className="fill-none stroke-ink/70 [stroke-dasharray:4_3]"
              strokeWidth={1.25}
              vectorEffect="non-scaling-stroke"
            />
          ) : null}
        </svg>
        {bars.flatMap(({ id, color, bars: each }) =>
          each
            .filter(({ index }) => buckets[index]?.unfinished)
            .map((bar) => <UnfinishedBar key={id} bar={bar} color={color} of={buckets.length} />),
        )}
      </div>
      <div className="absolute right-0 h-4" style={{ left: PLOT.left, top: PLOT.height - 20 }}>
        {ticks.map(({ index, label }) => (
          <span
            key={index}
            className="absolute -translate-x-1/2 whitespace-nowrap"
            style={{ left: `min(${percent(index + 0.5, buckets.length)}, 100% - ${LAST_LABEL_PX}px)` }}
          >
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The current bucket: stripes in the layer's color over a pale shade of it. */
function UnfinishedBar({ bar, color, of }: { bar: Bar; color: string; of: number }) {
  const pale = `color-mix(in oklch, ${color} 22%, transparent)`;
  return (
    <div
      className="absolute"
      style={{
        left: percent(bar.x, of),
        width: percent(bar.width, of),
        top: bar.y,
        height: bar.height,
        background: `repeating-linear-gradient(45deg, ${color} 0 2px, ${pale} 2px 5px)`,
      }}
    />
  );
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 1e4) / 100}%`;
}
