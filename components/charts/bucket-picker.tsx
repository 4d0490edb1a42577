"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { BucketCard, bucketText } from "./bucket-card.tsx";
import type { Bucket, UsageGrid } from "./grid.ts";
import { PLOT } from "./scale.ts";
import type { StackLayer } from "./stack.ts";
import { chartsText } from "./text.ts";

interface BucketPickerProps {
  label: string;
  grid: UsageGrid;
  layers: StackLayer[];
  zone: string;
  onNarrow?: ((bucket: Bucket) => void) | undefined;
}

/**
 * Covers the bars and shows the numbers of one bucket: the one under the pointer, or the one selected with the
 * arrow keys. A slider for assistive technology, because it selects one of a row of values.
 */
export function BucketPicker({ label, grid, layers, zone, onNarrow }: BucketPickerProps) {
  const [selected, setSelected] = useState<number | null>(null);
  /** What was selected when the pointer was pressed: the first tap of a finger only shows the numbers. */
  const pressedOn = useRef<number | null>(null);
  const last = grid.buckets.length - 1;
  const index = selected === null ? null : Math.min(selected, last);
  if (last < 0) return null;

  const indexAt = (event: { clientX: number; currentTarget: HTMLElement }) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - bounds.left) / bounds.width) * grid.buckets.length);
    return Math.max(0, Math.min(last, at));
  };
  const selectAtPointer = (event: PointerEvent<HTMLElement>) => setSelected(indexAt(event));
  const narrowTo = (to: number) => {
    const bucket = grid.buckets[to];
    if (bucket === undefined || onNarrow === undefined) return;
    setSelected(null);
    onNarrow(bucket);
  };
  const selectByKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") return setSelected(null);
    if (event.key === "Enter") return narrowTo(index ?? last);
    const next = bucketAfterKey(event.key, index ?? last, last);
    if (next === null) return;
    event.preventDefault();
    setSelected(next);
  };
  const current = index ?? last;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={chartsText.oneAtATime(label)}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={current}
      aria-valuetext={bucketText(grid, layers, current, zone)}
      aria-orientation="horizontal"
      aria-description={onNarrow && chartsText.narrowByKey}
      onPointerMove={selectAtPointer}
      onPointerDown={(event) => {
        pressedOn.current = index;
        selectAtPointer(event);
      }}
      onPointerLeave={(event) => event.pointerType === "mouse" && setSelected(null)}
      onClick={(event) => indexAt(event) === pressedOn.current && narrowTo(indexAt(event))}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setSelected(current)}
      onBlur={() => setSelected(null)}
      onKeyDown={selectByKey}
      className={clsx("absolute right-0 touch-pan-y rounded", onNarrow && "cursor-pointer")}
      style={{ left: PLOT.left, top: PLOT.top, bottom: PLOT.bottom }}
    >
      {index === null ? null : (
        <>
          <div
            aria-hidden
            className="pointer-events-none absolute inset-y-0 bg-ink/8"
            style={{ left: percentOf(index, last + 1), width: percentOf(1, last + 1) }}
          />
          <BucketCard
            grid={grid}
            layers={layers}
            index={index}
            zone={zone}
            hint={onNarrow && chartsText.narrow}
          />
        </>
      )}
    </div>
  );
}

function percentOf(part: number, whole: number): string {
  return `${(part / whole) * 100}%`;
}

/** The bucket that a key moves to; null for other keys. */
function bucketAfterKey(key: string, from: number, last: number): number | null {
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
