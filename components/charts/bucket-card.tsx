import { clsx } from "clsx";
import { formatNumber } from "#core/format.ts";
import { sum, type UsageGrid } from "./grid.ts";
import { Swatch } from "./legend.tsx";
import type { StackLayer } from "./stack.ts";
import { chartsText } from "./text.ts";
import { bucketName } from "./time-labels.ts";

interface BucketCardProps {
  grid: UsageGrid;
  layers: StackLayer[];
  index: number;
  zone: string;
  /** What a click does. */
  hint?: string | undefined;
}

/** Parts listed below a layer at most. */
const MAX_PARTS = 4;

/** The numbers of one bucket, next to its bar. Assistive technology reads them as the value of the slider. */
export function BucketCard({ grid, layers, index, zone, hint }: BucketCardProps) {
  const bucket = grid.buckets[index];
  if (!bucket) return null;
  const middle = (index + 0.5) / grid.buckets.length;
  const atLeft = middle > 0.5;
  const shown = layers.filter((layer) => (layer.counts[index] ?? 0) > 0).reverse();
  const total = shown.reduce((before, layer) => before + (layer.counts[index] ?? 0), 0);
  return (
    <div
      aria-hidden
      className={clsx(
        "popup pointer-events-none absolute top-2 z-10 grid w-max max-w-60 gap-1.5 px-3 py-2 text-sm tabular-nums",
        atLeft ? "-translate-x-full" : "",
      )}
      style={{ left: `calc(${middle * 100}% ${atLeft ? "- 14px" : "+ 14px"})` }}
    >
      <p className="text-xs text-muted">
        {bucketName(bucket, grid.interval, zone)}
        {bucket.unfinished ? ` · ${chartsText.soFar}` : ""}
      </p>
      <p className="font-semibold">{chartsText.requests(total)}</p>
      {shown.length > 0 ? (
        <dl className="grid gap-1">
          {shown.map((layer) => (
            <LayerLines key={layer.id} layer={layer} index={index} />
          ))}
        </dl>
      ) : null}
      {grid.previous ? (
        <p className="flex justify-between gap-6 text-muted">
          {chartsText.before} <span>{formatNumber(grid.previous[index] ?? 0)}</span>
        </p>
      ) : null}
      {hint ? <p className="text-xs text-muted">{hint}</p> : null}
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
          <Swatch color={layer.color} />
          <span className="truncate">{layer.label}</span>
        </dt>
        <dd>{formatNumber(layer.counts[index] ?? 0)}</dd>
      </div>
      {parts.slice(0, MAX_PARTS).map((part) => (
        <div key={part.group} className="flex justify-between gap-6 pl-4.5 text-xs text-muted">
          <dt className="truncate">{part.label}</dt>
          <dd>{formatNumber(part.count)}</dd>
        </div>
      ))}
    </>
  );
}

/** The same numbers as a sentence, for assistive technology. */
export function bucketText(grid: UsageGrid, layers: StackLayer[], index: number, zone: string): string {
  const bucket = grid.buckets[index];
  if (!bucket) return "";
  const counts = layers.map((layer) => ({ label: layer.label, count: layer.counts[index] ?? 0 }));
  const before = { label: chartsText.before, count: grid.previous?.[index] ?? 0 };
  const name = bucketName(bucket, grid.interval, zone);
  return chartsText.bucket(
    bucket.unfinished ? `${name}, ${chartsText.soFar}` : name,
    sum(counts.map(({ count }) => count)),
    [...counts, before].filter(({ count }) => count > 0),
  );
}
