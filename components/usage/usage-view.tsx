"use client";

import { ChartColumn, Download, Table2 } from "lucide-react";
import { useMemo } from "react";
import { gridOf } from "../charts/grid.ts";
import { stackLargest, stackOutcomes } from "../charts/stack.ts";
import { zoneName } from "../charts/time-labels.ts";
import { UsageChart } from "../charts/usage-chart.tsx";
import { useZone } from "../charts/use-zone.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { cx } from "../ui/cx.ts";
import { SegmentedControl } from "../ui/segmented.tsx";
import { LiveMark } from "./live-mark.tsx";
import { NoUsage } from "./no-usage.tsx";
import { RANGES, type RangeName, rangeOf, STACKS, type StackName } from "./ranges.ts";
import { Totals } from "./totals.tsx";
import type { PanelData } from "./types.ts";
import { UsageTable } from "./usage-table.tsx";
import { usageHref, useUsage } from "./use-usage.ts";
import { useView } from "./use-view.ts";

interface UsageViewProps {
  projectId: string;
  keyId?: string;
  initial: PanelData;
}

export function UsageView({ projectId, keyId, initial }: UsageViewProps) {
  const { view, asTable, change } = useView();
  const { data = initial, isPlaceholderData, isError } = useUsage({ projectId, keyId, view, initial });
  const { grid, layers } = useMemo(() => pictureOf(data), [data]);
  const zone = useZone(grid.interval);
  const range = rangeOf(data.view.range);
  const stacks = STACKS.filter(({ value }) => keyId === undefined || value !== "key");
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <SegmentedControl
          label="Range"
          options={[...RANGES]}
          value={view.range}
          onChange={(value) => change({ range: value as RangeName })}
        />
        <div className="flex items-center gap-2">
          <span aria-hidden className="text-sm text-muted">
            By
          </span>
          <SegmentedControl
            label="Stacked by"
            options={[...stacks]}
            value={view.by}
            onChange={(value) => change({ by: value as StackName })}
          />
        </div>
        <div className="flex items-center gap-2 sm:ml-auto">
          <Button size="sm" onClick={() => change({ view: asTable ? "chart" : "table" })}>
            {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
            {asTable ? "Chart" : "Table"}
          </Button>
          <a
            href={usageHref("csv", { projectId, keyId, view })}
            download
            aria-label="Download these numbers as CSV"
            className={buttonClass({ size: "sm" })}
          >
            <Download aria-hidden />
            CSV
          </a>
        </div>
      </div>
      <Card className={cx("grid gap-5 transition-opacity", isPlaceholderData && "opacity-60")}>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <Totals total={data.usage.total} refused={data.refused} words={range.words} />
          <LiveMark failing={isError} refreshMs={range.refreshMs} />
        </div>
        {data.usage.total === 0 ? (
          <NoUsage words={range.words} projectId={projectId} ofKey={keyId !== undefined} />
        ) : asTable ? (
          <UsageTable grid={grid} layers={layers} byCode={data.view.by === "outcome"} zone={zone} />
        ) : (
          <UsageChart label={`Checks by ${grid.interval}`} grid={grid} layers={layers} zone={zone} />
        )}
        <p className="text-xs text-muted">
          {grid.interval === "day" ? "Days" : "Times"} in {zoneName(zone, data.atMs)}. The {grid.interval}{" "}
          that is still running is hatched.
        </p>
      </Card>
    </div>
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
