"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { BucketCard } from "./bucket-card.tsx";
import { bucketWords } from "./bucket-words.ts";
import type { UsageGrid } from "./grid.ts";
import { PLOT } from "./plot-box.ts";
import type { StackLayer } from "./stack.ts";

interface BucketPickerProps {
  label: string;
  grid: UsageGrid;
  layers: StackLayer[];
  zone: string;
}

/**
 * Lies over the bars and tells one bucket's numbers: the one pointed at, or the one that the arrow keys are
 * on. A slider for assistive technology, since choosing one of a row of values is what a slider is.
 */
export function BucketPicker({ label, grid, layers, zone }: BucketPickerProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const last = grid.buckets.length - 1;
  const index = chosen === null ? null : Math.min(chosen, last);
  if (last < 0) return null;

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * grid.buckets.length);
    setChosen(Math.max(0, Math.min(last, at)));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") return setChosen(null);
    const next = stepTo(event.key, index ?? last, last);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
  };
  const current = index ?? last;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${label}, one at a time`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={current}
      aria-valuetext={bucketWords(grid, layers, current, zone)}
      aria-orientation="horizontal"
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setChosen(null)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setChosen(current)}
      onBlur={() => setChosen(null)}
      onKeyDown={press}
      className="absolute right-0 touch-pan-y rounded"
      style={{ left: PLOT.left, top: PLOT.top, bottom: PLOT.bottom }}
    >
      {index === null ? null : (
        <>
          <div
            aria-hidden
            className="pointer-events-none absolute inset-y-0 bg-ink/8"
            style={{ left: share(index, last + 1), width: share(1, last + 1) }}
          />
          <BucketCard grid={grid} layers={layers} index={index} zone={zone} />
        </>
      )}
    </div>
  );
}

function share(part: number, whole: number): string {
  return `${(part / whole) * 100}%`;
}

/** Where a key leads; null for keys that lead nowhere. */
function stepTo(key: string, from: number, last: number): number | null {
  const page = Math.max(2, Math.round(last / 10));
  const to: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    PageDown: from - page,
    PageUp: from + page,
    Home: 0,
    End: last,
  };
  const next = to[key];
  return next === undefined ? null : Math.max(0, Math.min(last, next));
}
