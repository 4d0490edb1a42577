"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { hasCrumbs, type PageShape, shapeOf } from "./page-shape.ts";
import { shellText } from "./text.ts";

const SHAPES: Record<PageShape, ReactNode> = {
  table: <SkeletonRows />,
  filtered: (
    <>
      <Skeleton className="h-9 max-w-2xl" />
      <SkeletonRows />
    </>
  ),
  filtered2: (
    <>
      <Filters />
      <SkeletonRows />
    </>
  ),
  panels: (
    <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
      <Skeleton className="h-72" />
      <Skeleton className="h-72" />
      <Skeleton className="h-56" />
      <Skeleton className="h-56" />
    </div>
  ),
  stats: (
    <>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        {[1, 2, 3, 4, 5, 6].map((stat) => (
          <Skeleton key={stat} className="h-18" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    </>
  ),
  chart: <ChartSkeleton />,
  key: (
    <>
      <Skeleton className="h-37" />
      <Skeleton className="h-9 w-full max-w-xl" />
      <ChartSkeleton />
    </>
  ),
  grid: (
    <>
      <Skeleton className="h-9 max-w-md" />
      <div className="grid gap-3 md:grid-cols-2">
        {[1, 2, 3, 4].map((card) => (
          <Skeleton key={card} className="h-34" />
        ))}
      </div>
    </>
  ),
  sections: (
    <>
      {[1, 2, 3].map((section) => (
        <div key={section} className="grid gap-3">
          <Skeleton className="h-6 w-40" />
          <Skeleton className="h-32" />
        </div>
      ))}
    </>
  ),
};

/** Two lines of filters. */
function Filters() {
  return (
    <div className="grid gap-2">
      <Skeleton className="h-9 max-w-2xl" />
      <Skeleton className="h-9 max-w-lg" />
    </div>
  );
}

function ChartSkeleton() {
  return (
    <div className="grid gap-4">
      <Filters />
      <Skeleton className="h-105" />
    </div>
  );
}

/** A page that is loading, in the shape of the page that follows, so that little moves when it arrives. */
export function PageSkeleton() {
  const path = usePathname();
  const shape = shapeOf(path);
  return (
    <div
      role="status"
      aria-label={shellText.loading}
      className={clsx("grid", shape === "sections" || shape === "stats" ? "gap-8" : "gap-6")}
    >
      <div>
        {hasCrumbs(path) ? <Skeleton className="mt-1 mb-2 h-4 w-32" /> : null}
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="mt-1.5 mb-1 h-4 w-80 max-w-full" />
      </div>
      {SHAPES[shape]}
    </div>
  );
}
