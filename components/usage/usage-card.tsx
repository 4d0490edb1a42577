import { clsx } from "clsx";
import { type ReactNode, useMemo } from "react";
import { type Bucket, gridOf } from "../charts/grid.ts";
import { stackLargest, stackOutcomes } from "../charts/stack.ts";
import { timeZoneName, useChartTimeZone } from "../charts/time-labels.ts";
import { UsageChart } from "../charts/usage-chart.tsx";
import { Card } from "../ui/card.tsx";
import { UpdatingStatus } from "../ui/updating-status.tsx";
import { groupLabel } from "./group-label.ts";
import { usageText } from "./text.ts";
import { type PanelData, refreshMsOf } from "./usage-state.ts";
import { UsageTable } from "./usage-table.tsx";

interface UsageCardProps {
  data: PanelData;
  asTable: boolean;
  /** These are another view's numbers, shown until the requested ones arrive. */
  isStale: boolean;
  isFailing: boolean;
  totals: ReactNode;
  /** Instead of a chart without requests. */
  empty: ReactNode;
  /** Times in UTC instead of the reader's zone. */
  inUtc?: boolean;
  /** Called with the bucket that was clicked. */
  onNarrow?: (bucket: Bucket) => void;
}

/** Requests as a chart or a table, below their totals. */
export function UsageCard(props: UsageCardProps) {
  const { data, asTable, isStale, isFailing, totals, empty, inUtc, onNarrow } = props;
  const { grid, layers } = useMemo(() => chartDataOf(data), [data]);
  const zone = useChartTimeZone(grid.interval, inUtc);
  const refreshMs = refreshMsOf(data.view, data.atMs);
  return (
    <Card className={clsx("grid gap-5 transition-opacity", isStale && "opacity-60")}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        {totals}
        {refreshMs === null ? null : <UpdatingStatus failing={isFailing} refreshMs={refreshMs} />}
      </div>
      {data.usage.total === 0 && !data.usage.previous?.total ? (
        empty
      ) : asTable ? (
        <UsageTable grid={grid} layers={layers} byCode={data.view.by === "outcome"} zone={zone} />
      ) : (
        <UsageChart
          label={usageText.requestsBy(grid.interval)}
          grid={grid}
          layers={layers}
          zone={zone}
          onNarrow={grid.buckets.length > 1 ? onNarrow : undefined}
        />
      )}
      <p className="text-xs text-muted">{usageText.timeZone(grid.interval, timeZoneName(zone, data.atMs))}</p>
    </Card>
  );
}

function chartDataOf({ usage, view, atMs }: PanelData) {
  const grid = gridOf({
    interval: usage.interval,
    fromMs: Date.parse(usage.from),
    toMs: Date.parse(usage.to),
    nowMs: atMs,
    series: usage.series.map((series) => ({ ...series, label: groupLabel(view.by, series) })),
    previous: usage.previous?.points,
  });
  return { grid, layers: view.by === "outcome" ? stackOutcomes(grid) : stackLargest(grid, usage.groups) };
}
