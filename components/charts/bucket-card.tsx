import { cx } from "../ui/cx.ts";
import { formatNumber } from "../ui/format.ts";
import type { UsageGrid } from "./grid.ts";
import { Swatch } from "./legend.tsx";
import type { StackLayer } from "./stack.ts";
import { bucketName } from "./time-labels.ts";

interface BucketCardProps {
  grid: UsageGrid;
  layers: StackLayer[];
  index: number;
  zone: string;
}

/** Parts told under a layer, so that the card stays a card. */
const PARTS = 4;

/** The numbers of one bucket, beside its bar. Assistive technology has them as the picker's value. */
export function BucketCard({ grid, layers, index, zone }: BucketCardProps) {
  const bucket = grid.buckets[index];
  if (!bucket) return null;
  const middle = (index + 0.5) / grid.buckets.length;
  const atLeft = middle > 0.5;
  const shown = layers.filter((layer) => (layer.counts[index] ?? 0) > 0).reverse();
  const total = shown.reduce((sum, layer) => sum + (layer.counts[index] ?? 0), 0);
  return (
    <div
      aria-hidden
      className={cx(
        "popup pointer-events-none absolute top-2 z-10 grid w-max max-w-60 gap-1.5 px-3 py-2 text-sm tabular-nums",
        atLeft ? "-translate-x-full" : "",
      )}
      style={{ left: `calc(${middle * 100}% ${atLeft ? "- 14px" : "+ 14px"})` }}
    >
      <p className="text-xs text-muted">
        {bucketName(bucket, grid.interval, zone)}
        {bucket.unfinished ? " · so far" : ""}
      </p>
      <p className="font-semibold">
        {formatNumber(total)} {total === 1 ? "check" : "checks"}
      </p>
      {shown.length > 0 ? (
        <dl className="grid gap-1">
          {shown.map((layer) => (
            <LayerLines key={layer.id} layer={layer} index={index} />
          ))}
        </dl>
      ) : null}
    </div>
  );
}

function LayerLines({ layer, index }: { layer: StackLayer; index: number }) {
  const parts = layer.parts
    .map((part) => ({ ...part, count: part.counts[index] ?? 0 }))
    .filter(({ count, label }) => count > 0 && label !== layer.label && label !== "VALID");
  return (
    <>
      <div className="flex items-center justify-between gap-6">
        <dt className="flex min-w-0 items-center gap-2">
          <Swatch colour={layer.colour} />
          <span className="truncate">{layer.label}</span>
        </dt>
        <dd>{formatNumber(layer.counts[index] ?? 0)}</dd>
      </div>
      {parts.slice(0, PARTS).map((part) => (
        <div key={part.group} className="flex justify-between gap-6 pl-4.5 text-xs text-muted">
          <dt className="truncate">{part.label}</dt>
          <dd>{formatNumber(part.count)}</dd>
        </div>
      ))}
    </>
  );
}
