"use client";

import { useId } from "react";
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { formatCompactNumber } from "../ui/format.ts";
import { type Bucket, sumByBucket } from "./grid.ts";
import { countTicks, PLOT } from "./scale.ts";
import type { StackLayer } from "./stack.ts";
import type { Tick } from "./time-labels.ts";

interface PlotProps {
  buckets: Bucket[];
  layers: StackLayer[];
  ticks: Tick[];
}

interface Row {
  index: number;
  unfinished: boolean;
}

/** Bars, grid and axes only. usage-chart.tsx adds the legend and the interaction. */
export function Plot({ buckets, layers, ticks }: PlotProps) {
  const id = useId();
  const rows = buckets.map(({ unfinished }, index): Row => ({ index, unfinished }));
  const lines = countTicks(Math.max(0, ...sumByBucket(layers, buckets.length)));
  const labels = new Map(ticks.map((tick) => [tick.index, tick.label]));
  return (
    <ResponsiveContainer width="100%" height={PLOT.height}>
      <BarChart
        data={rows}
        margin={{ top: PLOT.top, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={buckets.length > 100 ? "12%" : "20%"}
        accessibilityLayer={false}
      >
        <defs>
          {layers.map((layer, place) => (
            <Hatch key={layer.id} id={`${id}-${place}`} color={layer.color} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="index"
          height={PLOT.bottom}
          ticks={ticks.map((tick) => tick.index)}
          tickFormatter={(index: number) => labels.get(index) ?? ""}
          interval="preserveStart"
          minTickGap={16}
          tickLine={false}
          tickMargin={8}
          axisLine={{ stroke: "var(--edge)" }}
          tick={TICK}
        />
        <YAxis
          width={PLOT.left}
          domain={[0, lines.at(-1) ?? 1]}
          ticks={lines}
          interval={0}
          tickFormatter={formatCompactNumber}
          tickLine={false}
          axisLine={false}
          tick={TICK}
        />
        {layers.map((layer, place) => (
          <Bar
            key={layer.id}
            stackId="requests"
            dataKey={(row: Row) => layer.counts[row.index] ?? 0}
            fill={layer.color}
            isAnimationActive={false}
            shape={(shape: BarShapeProps) => (
              <Segment {...shape} fill={isUnfinished(shape.payload) ? `url(#${id}-${place})` : layer.color} />
            )}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

const TICK = { fill: "var(--muted)", fontSize: 12, fontFamily: "var(--font-sans)" };

function isUnfinished(row: unknown): boolean {
  return typeof row === "object" && row !== null && "unfinished" in row && row.unfinished === true;
}

function Segment({
  x,
  y,
  width,
  height,
  fill,
}: Pick<BarShapeProps, "x" | "y" | "width" | "height" | "fill">) {
  if (!height || Number(height) <= 0) return null;
  return <rect x={x} y={y} width={width} height={height} fill={fill} />;
}

/** The fill of the current bucket: stripes in the layer's color over a pale shade of it. */
function Hatch({ id, color }: { id: string; color: string }) {
  return (
    <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={5} height={5} fill={color} opacity={0.22} />
      <rect width={2} height={5} fill={color} />
    </pattern>
  );
}
