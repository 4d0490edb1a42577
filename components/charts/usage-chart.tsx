"use client";

import { type RefCallback, useCallback, useState } from "react";
import { BucketPicker } from "./bucket-picker.tsx";
import type { UsageGrid } from "./grid.ts";
import { Legend } from "./legend.tsx";
import { Plot } from "./plot.tsx";
import type { StackLayer } from "./stack.ts";
import { axisTicks } from "./time-labels.ts";

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
}

/** Stacked bars of counts over time. The pointer or the arrow keys show the numbers of a bucket. */
export function UsageChart({ label, grid, layers, zone }: UsageChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [width, measure] = useWidth();
  const shown = layers.filter((layer) => !hidden.has(layer.id));
  const ticks = axisTicks(grid.buckets, grid.interval, zone, Math.max(2, Math.floor(width / TICK_PX)));
  return (
    <div className="grid gap-3">
      <Legend layers={layers} hidden={hidden} onChange={setHidden} />
      <div ref={measure} className="relative h-70">
        <Plot buckets={grid.buckets} layers={shown} ticks={ticks} />
        <BucketPicker label={label} grid={grid} layers={shown} zone={zone} />
      </div>
    </div>
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
