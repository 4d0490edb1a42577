import { clsx } from "clsx";
import { VERDICT_CODES } from "#core/verdict.ts";
import { sum, type UsageGrid } from "../charts/grid.ts";
import type { StackLayer } from "../charts/stack.ts";
import { bucketName } from "../charts/time-labels.ts";
import { formatNumber } from "../ui/format.ts";
import { Td, Th, Thead, Tr } from "../ui/table.tsx";
import { usageText } from "./text.ts";

interface UsageTableProps {
  grid: UsageGrid;
  layers: StackLayer[];
  /** One column for each code instead of each layer of the chart. */
  byCode: boolean;
  zone: string;
}

interface Column {
  id: string;
  label: string;
  counts: number[];
}

/** The chart's numbers as a table, the latest first. */
export function UsageTable({ grid, layers, byCode, zone }: UsageTableProps) {
  const columns = byCode ? codesOf(grid) : layers;
  const label = usageText.requestsBy(grid.interval);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling area is a region, and not a part of the outline
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
      tabIndex={0}
      className="focus-inset -mx-5 max-h-112 overflow-auto border-y border-border"
    >
      <table data-dense aria-label={label} className="table text-sm">
        <Thead className="sticky top-0 bg-surface shadow-[0_1px_0_var(--border)]">
          <tr>
            <Th className="pl-5!">
              {grid.interval === "day" ? usageText.columns.day : usageText.columns.time}
            </Th>
            <Th numeric>{usageText.columns.requests}</Th>
            {columns.map((column) => (
              <Th key={column.id} numeric className={clsx(byCode && "font-mono")}>
                {column.label}
              </Th>
            ))}
          </tr>
        </Thead>
        <tbody>
          {grid.buckets
            .map((bucket, index) => (
              <Tr key={bucket.fromMs}>
                <Td className="pl-5! whitespace-nowrap tabular-nums">
                  {bucketName(bucket, grid.interval, zone)}
                  {bucket.unfinished ? <span className="text-muted"> {usageText.soFar}</span> : null}
                </Td>
                <Count value={grid.totals[index] ?? 0} />
                {columns.map((column) => (
                  <Count key={column.id} value={column.counts[index] ?? 0} />
                ))}
              </Tr>
            ))
            .reverse()}
        </tbody>
        <tfoot className="sticky bottom-0 bg-surface font-semibold shadow-[0_-1px_0_var(--border)]">
          <tr>
            <th scope="row" className="h-9 px-3 pl-5 font-semibold">
              {usageText.columns.total}
            </th>
            <Count value={grid.total} />
            {columns.map((column) => (
              <Count key={column.id} value={sum(column.counts)} />
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Count({ value }: { value: number }) {
  return (
    <Td numeric className={clsx(value === 0 && "text-muted")}>
      {formatNumber(value)}
    </Td>
  );
}

const RANK = new Map<string, number>(
  VERDICT_CODES.map((code, place) => [code, code === "VALID" ? -1 : place]),
);

/** One column for each code that occurs: VALID first, then in the order in which they are decided. */
function codesOf(grid: UsageGrid): Column[] {
  return grid.groups
    .map(({ group, label, counts }) => ({ id: group, label, counts }))
    .sort((a, b) => (RANK.get(a.id) ?? 0) - (RANK.get(b.id) ?? 0));
}
