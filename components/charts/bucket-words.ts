import { formatNumber } from "../ui/format.ts";
import type { UsageGrid } from "./grid.ts";
import type { StackLayer } from "./stack.ts";
import { bucketName } from "./time-labels.ts";

/** One bucket in a sentence: "Mon 17 Nov, 14:00–15:00: 1 240 checks. Valid 1 228, Restriction 12." */
export function bucketWords(grid: UsageGrid, layers: StackLayer[], index: number, zone: string): string {
  const bucket = grid.buckets[index];
  if (!bucket) return "";
  const counts = layers.map((layer) => ({ label: layer.label, count: layer.counts[index] ?? 0 }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const name = `${bucketName(bucket, grid.interval, zone)}${bucket.unfinished ? ", unfinished" : ""}`;
  if (total === 0) return `${name}: no checks.`;
  const parts = counts
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${label} ${formatNumber(count)}`);
  return `${name}: ${formatNumber(total)} check${total === 1 ? "" : "s"}. ${parts.join(", ")}.`;
}
