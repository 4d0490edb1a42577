"use client";

import { type RefCallback, useCallback, useState } from "react";
import { BucketPicker } from "./bucket-picker.tsx";
import type { Bucket, UsageGrid } from "./grid.ts";
import { Legend } from "./legend.tsx";
import { Plot } from "./plot.tsx";
import { PLOT } from "./scale.ts";
import type { StackLayer } from "./stack.ts";
import { chartsText } from "./text.ts";
import { axisTicks, withoutOverlap } from "./time-labels.ts";

/** Width of one label below the chart, in px. */
const TICK_PX = 72;
/** Assumed until the width is measured: that of a small phone, where more labels would overlap. */
const MIN_WIDTH_PX = 280;

interface UsageChartProps {
  /** For assistive technology: "Requests by hour". */
  label: string;
  grid: UsageGrid;
  layers: StackLayer[];
  /** IANA name of the time zone of the labels. */
  zone: string;
  /** Called with the bucket that was clicked. */
  onNarrow?: ((bucket: Bucket) => void) | undefined;
}

/** Stacked bars of counts over time. The pointer or the arrow keys show the numbers of a bucket. */
export function UsageChart({ label, grid, layers, zone, onNarrow }: UsageChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [width, measure] = useWidth();
  const shown = layers.filter((layer) => !hidden.has(layer.id));
  const maxTicks = Math.max(2, Math.floor(width / TICK_PX));
  const ticks = withoutOverlap(
    axisTicks(grid.buckets, grid.interval, zone, maxTicks),
    grid.buckets.length,
    width - PLOT.left,
  );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4">
        <Legend layers={layers} hidden={hidden} onChange={setHidden} />
        {grid.previous ? <PreviousLegend /> : null}
      </div>
      <div ref={measure} className="relative h-70">
        <Plot buckets={grid.buckets} layers={shown} ticks={ticks} previous={grid.previous} />
        <BucketPicker label={label} grid={grid} layers={shown} zone={zone} onNarrow={onNarrow} />
      </div>
    </div>
  );
}

function PreviousLegend() {
  return (
    <p className="inline-flex h-8 items-center gap-2 text-sm">
      <svg aria-hidden width={16} height={10} className="shrink-0">
        <path d="M0 5h16" className="stroke-ink/70 [stroke-dasharray:4_3]" strokeWidth={1.5} />
      </svg>
      {chartsText.before}
    </p>
  );
}

/** The width of an element in px, kept up to date; the narrowest until the element is measured. */
function useWidth(): [number, RefCallback<HTMLElement>] {
  const [width, setWidth] = useState(MIN_WIDTH_PX);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? MIN_WIDTH_PX));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, measure];
}
