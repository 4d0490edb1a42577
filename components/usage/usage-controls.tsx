import { ChartColumn, Download, Table2 } from "lucide-react";
import { useState } from "react";
import { Button, buttonClass } from "../ui/button.tsx";
import { FilterSelect } from "../ui/filter.tsx";
import { RANGE_TEXT } from "../ui/range-text.ts";
import { SegmentedControl } from "../ui/segmented.tsx";
import { SpanForm } from "./span-form.tsx";
import { usageText } from "./text.ts";
import { type GroupName, RANGE_NAMES } from "./usage-state.ts";
import type { UsageViewState } from "./use-usage.ts";

interface UsageControlsProps extends UsageViewState {
  /** What the bars can be grouped by. If there are none, only the range can be chosen, among the named ones. */
  groups: readonly GroupName[];
  csvHref: string;
}

const CUSTOM = "custom";
const RANGES = RANGE_NAMES.map((value) => ({ value, label: RANGE_TEXT[value].label }));
const ALL_RANGES = [...RANGES, { value: CUSTOM, label: usageText.custom }];
const ZONES = [
  { value: "local", label: usageText.zones.local },
  { value: "utc", label: usageText.zones.utc },
];

/** Chooses the range, the grouping, and chart or table; downloads the numbers. */
export function UsageControls({ view, asTable, inUtc, change, groups, csvHref }: UsageControlsProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  const isExplorer = groups.length > 0;
  const span = isExplorer ? view.span : undefined;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <SegmentedControl
          label={usageText.range}
          options={isExplorer ? ALL_RANGES : RANGES}
          value={span || isChoosing ? CUSTOM : view.range}
          onChange={(value) => {
            setIsChoosing(value === CUSTOM);
            if (value !== CUSTOM) change({ range: value, from: undefined, to: undefined });
          }}
        />
        <div className="flex items-center gap-2 sm:ml-auto">
          <Button size="sm" onClick={() => change({ view: asTable ? undefined : "table" })}>
            {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
            {asTable ? usageText.chart : usageText.table}
          </Button>
          <a
            href={csvHref}
            download
            aria-label={usageText.downloadCsv}
            className={buttonClass({ size: "sm" })}
          >
            <Download aria-hidden />
            {usageText.csv}
          </a>
        </div>
      </div>
      {span || isChoosing ? <SpanForm view={view} inUtc={inUtc} change={change} /> : null}
      {isExplorer ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <FilterSelect
            aria-label={usageText.groupBy}
            value={view.by}
            onChange={(event) => change({ by: event.currentTarget.value })}
          >
            {groups.map((value) => (
              <option key={value} value={value}>
                {usageText.by(usageText.groups[value])}
              </option>
            ))}
          </FilterSelect>
          <SegmentedControl
            label={usageText.zone}
            options={ZONES}
            value={inUtc ? "utc" : "local"}
            onChange={(value) => change({ zone: value === "utc" ? value : undefined })}
          />
          <label className="inline-flex items-center gap-2 text-sm" data-tip={usageText.compareTip}>
            <input
              type="checkbox"
              checked={view.compare !== undefined}
              onChange={(event) => change({ compare: event.currentTarget.checked ? "previous" : undefined })}
              className="check"
            />
            {usageText.compare}
          </label>
        </div>
      ) : null}
    </div>
  );
}
