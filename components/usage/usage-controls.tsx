import { ChartColumn, Download, Table2 } from "lucide-react";
import { Button, buttonClass } from "../ui/button.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { RANGE_TEXT, usageText } from "./text.ts";
import { type GroupName, RANGE_NAMES, type RangeName } from "./usage-state.ts";
import type { UsageViewState } from "./use-usage.ts";

interface UsageControlsProps extends UsageViewState {
  /** What the bars can be grouped by; the choice is hidden when there is only one. */
  groups: GroupName[];
  csvHref: string;
}

const RANGES = RANGE_NAMES.map((value) => ({ value, label: RANGE_TEXT[value].label }));

/** Chooses the range, the grouping, and chart or table; downloads the numbers. */
export function UsageControls({ view, asTable, change, groups, csvHref }: UsageControlsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <SegmentedControl
        label={usageText.range}
        options={RANGES}
        value={view.range}
        onChange={(value) => change({ range: value as RangeName })}
      />
      {groups.length > 1 ? (
        <div className="flex items-center gap-2">
          <span aria-hidden className="text-sm text-muted">
            {usageText.by}
          </span>
          <SegmentedControl
            label={usageText.groupBy}
            options={groups.map((value) => ({ value, label: usageText.groups[value] }))}
            value={view.by}
            onChange={(value) => change({ by: value as GroupName })}
          />
        </div>
      ) : null}
      <div className="flex items-center gap-2 sm:ml-auto">
        <Button size="sm" onClick={() => change({ view: asTable ? undefined : "table" })}>
          {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          {asTable ? usageText.chart : usageText.table}
        </Button>
        <a href={csvHref} download aria-label={usageText.downloadCsv} className={buttonClass({ size: "sm" })}>
          <Download aria-hidden />
          {usageText.csv}
        </a>
      </div>
    </div>
  );
}
