import { ChartColumn, Download, Table2 } from "lucide-react";
import { Button, buttonClass } from "../ui/button.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { RANGES, type RangeName, type STACKS, type StackName } from "./ranges.ts";
import type { ViewState } from "./use-view.ts";

interface UsageControlsProps extends ViewState {
  /** What the bars can be stacked by; nothing to choose where there is one way. */
  stacks: readonly (typeof STACKS)[number][];
  csvHref: string;
}

/** What is looked at: the range, the stacks, the chart or the table, and the numbers as a file. */
export function UsageControls({ view, asTable, change, stacks, csvHref }: UsageControlsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <SegmentedControl
        label="Range"
        options={[...RANGES]}
        value={view.range}
        onChange={(value) => change({ range: value as RangeName })}
      />
      {stacks.length > 1 ? (
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
      ) : null}
      <div className="flex items-center gap-2 sm:ml-auto">
        <Button size="sm" onClick={() => change({ view: asTable ? "chart" : "table" })}>
          {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          {asTable ? "Chart" : "Table"}
        </Button>
        <a
          href={csvHref}
          download
          aria-label="Download these numbers as CSV"
          className={buttonClass({ size: "sm" })}
        >
          <Download aria-hidden />
          CSV
        </a>
      </div>
    </div>
  );
}
