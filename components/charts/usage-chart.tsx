"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Skeleton } from "../ui/skeleton.tsx";
import { BucketPicker } from "./bucket-picker.tsx";
import type { UsageGrid } from "./grid.ts";
import { Legend } from "./legend.tsx";
import type { StackLayer } from "./stack.ts";
import { ticksOf } from "./time-labels.ts";
import { useWidth } from "./use-width.ts";

const Plot = dynamic(() => import("./plot.tsx").then((module) => module.Plot), {
  ssr: false,
  loading: () => <Skeleton className="h-70 w-full" />,
});

/** Room that one time under the chart needs, in pixels. */
const TICK_PX = 72;

interface UsageChartProps {
  /** What is counted, for who can't see it: "Checks by hour". */
  label: string;
  grid: UsageGrid;
  layers: StackLayer[];
  /** IANA name of the zone in which times are told. */
  zone: string;
}

/** Bars of counts over time, stacked. Point at a bucket, or go through them with the arrow keys. */
export function UsageChart({ label, grid, layers, zone }: UsageChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [width, box] = useWidth();
  const shown = layers.filter((layer) => !hidden.has(layer.id));
  const ticks = ticksOf(grid.buckets, grid.interval, zone, Math.max(2, Math.floor(width / TICK_PX)));
  return (
    <div className="grid gap-3">
      <Legend layers={layers} hidden={hidden} onChange={setHidden} />
      <div ref={box} className="relative h-70">
        <Plot buckets={grid.buckets} layers={shown} ticks={ticks} />
        <BucketPicker label={label} grid={grid} layers={shown} zone={zone} />
      </div>
    </div>
  );
}
