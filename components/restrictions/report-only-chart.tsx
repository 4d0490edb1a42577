"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useMemo, useState } from "react";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { ReportOnlyCounts } from "#domain/keys/restrictions/schema.ts";
import type { UsageGrid } from "../charts/grid.ts";
import { gridOf } from "../charts/grid.ts";
import type { StackLayer } from "../charts/stack.ts";
import { timeZoneName, useChartTimeZone } from "../charts/time-labels.ts";
import { UsageChart } from "../charts/usage-chart.tsx";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { usageText } from "../usage/text.ts";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.reportOnly;

const UsageTable = lazyInBrowser(() =>
  import("../usage/usage-table.tsx").then((module) => module.UsageTable),
);

/** The longest range with a bar for each hour. */
const MAX_HOURLY_MS = 7 * DAY_MS;
const MIN_RANGE_MS = 11 * HOUR_MS;

interface ReportOnlyChartProps {
  counts: ReportOnlyCounts;
  /** Start of the counts, ISO 8601. */
  since: string;
  /** Epoch ms by the server's clock. */
  atMs: number;
}

/** The verdicts of report-only restrictions over time by code, as a chart or a table. */
export function ReportOnlyChart({ counts, since, atMs }: ReportOnlyChartProps) {
  const [asTable, setAsTable] = useState(false);
  const { grid, layers } = useMemo(() => chartDataOf(counts, since, atMs), [counts, since, atMs]);
  const zone = useChartTimeZone(grid.interval);
  const label = TEXT.chart(grid.interval);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-muted">{usageText.timeZone(grid.interval, timeZoneName(zone, atMs))}</p>
        <Button size="sm" onClick={() => setAsTable(!asTable)}>
          {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          {asTable ? usageText.chart : usageText.table}
        </Button>
      </div>
      {asTable ? (
        <UsageTable grid={grid} layers={layers} byCode={false} zone={zone} />
      ) : (
        <UsageChart label={label} grid={grid} layers={layers} zone={zone} />
      )}
    </div>
  );
}

function chartDataOf({ series }: ReportOnlyCounts, since: string, atMs: number) {
  // A new report-only mode must not show a single broad bar.
  const fromMs = Math.min(Date.parse(since), atMs - MIN_RANGE_MS);
  const grid = gridOf({
    interval: atMs - fromMs > MAX_HOURLY_MS ? "day" : "hour",
    fromMs,
    toMs: atMs + 1,
    nowMs: atMs,
    series: series.map(({ group, points }) => ({
      group,
      label: group === "VALID" ? TEXT.wouldPass : group,
      points,
    })),
  });
  return { grid, layers: layersOf(grid) };
}

/** A fixed color for each code, so that colors do not change on a refresh. */
const COLORS: Record<string, string> = {
  VALID: "var(--chart-valid)",
  API_NOT_ALLOWED: "var(--chart-2)",
  OPERATION_NOT_ALLOWED: "var(--chart-3)",
  SCOPE_NOT_GRANTED: "var(--chart-5)",
  CLIENT_IP_UNKNOWN: "var(--chart-5)",
  IP_NOT_ALLOWED: "var(--chart-restriction)",
  REFERRER_NOT_ALLOWED: "var(--chart-4)",
  APP_NOT_ALLOWED: "var(--chart-6)",
};

const ORDER = Object.keys(COLORS);

/** Allowed requests at the bottom, one layer for each code of denials above. */
function layersOf(grid: UsageGrid): StackLayer[] {
  return grid.groups
    .toSorted((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group))
    .map((part) => ({
      id: part.group,
      label: part.label,
      color: COLORS[part.group] ?? "var(--chart-other)",
      counts: part.counts,
      total: part.total,
      parts: [part],
    }));
}
