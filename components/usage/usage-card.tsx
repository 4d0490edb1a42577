import { type ReactNode, useMemo } from "react";
import { gridOf } from "../charts/grid.ts";
import { stackLargest, stackOutcomes } from "../charts/stack.ts";
import { zoneName } from "../charts/time-labels.ts";
import { UsageChart } from "../charts/usage-chart.tsx";
import { useZone } from "../charts/use-zone.ts";
import { Card } from "../ui/card.tsx";
import { cx } from "../ui/cx.ts";
import { LiveMark } from "./live-mark.tsx";
import { rangeOf } from "./ranges.ts";
import type { PanelData } from "./types.ts";
import { UsageTable } from "./usage-table.tsx";

interface UsageCardProps {
  data: PanelData;
  asTable: boolean;
  /** The numbers of another view, until those that were asked for are here. */
  isStale: boolean;
  isFailing: boolean;
  totals: ReactNode;
  /** Instead of a chart where nothing was checked. */
  empty: ReactNode;
}

/** Counted checks as a chart or a table, under their totals. */
export function UsageCard({ data, asTable, isStale, isFailing, totals, empty }: UsageCardProps) {
  const { grid, layers } = useMemo(() => pictureOf(data), [data]);
  const zone = useZone(grid.interval);
  return (
    <Card className={cx("grid gap-5 transition-opacity", isStale && "opacity-60")}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        {totals}
        <LiveMark failing={isFailing} refreshMs={rangeOf(data.view.range).refreshMs} />
      </div>
      {data.usage.total === 0 ? (
        empty
      ) : asTable ? (
        <UsageTable grid={grid} layers={layers} byCode={data.view.by === "outcome"} zone={zone} />
      ) : (
        <UsageChart label={`Checks by ${grid.interval}`} grid={grid} layers={layers} zone={zone} />
      )}
      <p className="text-xs text-muted">
        {grid.interval === "day" ? "Days" : "Times"} in {zoneName(zone, data.atMs)}. The {grid.interval} that
        is still running is hatched.
      </p>
    </Card>
  );
}

function pictureOf({ usage, view, atMs }: PanelData) {
  const grid = gridOf({
    interval: usage.interval,
    fromMs: Date.parse(usage.from),
    toMs: Date.parse(usage.to),
    nowMs: atMs,
    series: usage.series,
  });
  return { grid, layers: view.by === "outcome" ? stackOutcomes(grid) : stackLargest(grid) };
}
