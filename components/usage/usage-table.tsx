import { clsx } from "clsx";
import { formatNumber } from "#core/format.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { sum, type UsageGrid } from "../charts/grid.ts";
import type { StackLayer } from "../charts/stack.ts";
import { bucketName } from "../charts/time-labels.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { usageText } from "./text.ts";

interface UsageTableProps {
  grid: UsageGrid;
  layers: StackLayer[];
  /** One column for each code instead of each layer of the chart. */
  byCode: boolean;
  zone: string;
}

interface CountColumn {
  id: string;
  label: string;
  counts: number[];
}

/** The chart's numbers as a table, the latest first. */
export function UsageTable({ grid, layers, byCode, zone }: UsageTableProps) {
  const { interval, totals, total, previous } = grid;
  const columnOf = (label: string, counts: readonly number[], total: number): Column<Bucket> => ({
    label,
    numeric: true,
    className: "text-sm",
    headingClassName: byCode && !PLAIN.has(label) ? "font-mono" : undefined,
    value: ({ index }) => <Count value={counts[index] ?? 0} />,
    total: <Count value={total} />,
  });
  return (
    <DataTable
      bare
      dense
      scrolls
      phone="columns"
      label={usageText.requestsBy(interval)}
      rows={grid.buckets.map((bucket, index) => ({ bucket, index })).reverse()}
      rowKey={({ bucket }) => String(bucket.fromMs)}
      columns={[
        {
          label: interval === "day" ? usageText.columns.day : usageText.columns.time,
          className: "text-sm whitespace-nowrap tabular-nums",
          value: ({ bucket }) => (
            <>
              {bucketName(bucket, interval, zone)}
              {bucket.unfinished ? <span className="text-muted"> {usageText.soFar}</span> : null}
            </>
          ),
          total: usageText.columns.total,
        },
        columnOf(usageText.columns.requests, totals, total),
        ...(previous ? [columnOf(usageText.previous.legend, previous, sum(previous))] : []),
        ...(byCode ? codesOf(grid) : layers).map(({ label, counts }) => columnOf(label, counts, sum(counts))),
      ]}
    />
  );
}

/** Headings that are not codes. */
const PLAIN = new Set([usageText.columns.requests, usageText.previous.legend]);

interface Bucket {
  bucket: UsageGrid["buckets"][number];
  /** Its index in the arrays of counts. */
  index: number;
}

function Count({ value }: { value: number }) {
  return <span className={clsx(value === 0 && "text-muted")}>{formatNumber(value)}</span>;
}

const RANK = new Map<string, number>(
  VERDICT_CODES.map((code, index) => [code, code === "VALID" ? -1 : index]),
);

/** One column for each code that occurs: VALID first, then in the order in which they are decided. */
function codesOf(grid: UsageGrid): CountColumn[] {
  return grid.groups
    .map(({ group, label, counts }) => ({ id: group, label, counts }))
    .sort((a, b) => (RANK.get(a.id) ?? 0) - (RANK.get(b.id) ?? 0));
}
