"use client";

import { ChartColumn, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { TrialResult } from "#domain/keys/restrictions/schema.ts";
import { gridOf } from "../charts/grid.ts";
import { timeZoneName, useChartTimeZone } from "../charts/time-labels.ts";
import { UsageChart } from "../charts/usage-chart.tsx";
import { Button } from "../ui/button.tsx";
import { trialLayers } from "./trial-layers.ts";

const UsageTable = dynamic(() => import("../usage/usage-table.tsx").then((module) => module.UsageTable), {
  ssr: false,
});

/** Longer than this, a bar for each hour can't be told from the next. */
const HOURS_MOST_MS = 7 * 86_400_000;
const HOURS_LEAST_MS = 11 * 3_600_000;

interface TrialChartProps {
  trial: TrialResult;
  /** From when on it is counted, ISO 8601. */
  since: string;
  /** Epoch ms by the server's clock. */
  atMs: number;
}

/** What a trial would have answered over time, by code; as a chart or as the table of its numbers. */
export function ReportOnlyChart({ trial, since, atMs }: TrialChartProps) {
  const [asTable, setAsTable] = useState(false);
  const { grid, layers } = useMemo(() => pictureOf(trial, since, atMs), [trial, since, atMs]);
  const zone = useChartTimeZone(grid.interval);
  const label = `Judged calls by ${grid.interval}`;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-muted">
          {grid.interval === "day" ? "Days" : "Times"} in {timeZoneName(zone, atMs)}. The {grid.interval} that
          is still running is hatched.
        </p>
        <Button size="sm" onClick={() => setAsTable(!asTable)}>
          {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          {asTable ? "Chart" : "Table"}
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

function pictureOf({ series }: TrialResult, since: string, atMs: number) {
  // So that a trial that has just begun is not one broad bar.
  const fromMs = Math.min(Date.parse(since), atMs - HOURS_LEAST_MS);
  const grid = gridOf({
    interval: atMs - fromMs > HOURS_MOST_MS ? "day" : "hour",
    fromMs,
    toMs: atMs + 1,
    nowMs: atMs,
    series: series.map(({ group, points }) => ({
      group,
      label: group === "VALID" ? "Would pass" : group,
      points,
    })),
  });
  return { grid, layers: trialLayers(grid) };
}
