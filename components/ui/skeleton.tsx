import { cx } from "./cx.ts";

/** A place kept for what is coming. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx("skeleton", className)} />;
}

/** Rows of a table that is coming. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="rounded border border-border bg-surface" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className="flex h-14 items-center gap-6 border-b border-border px-4 last:border-b-0">
          <Skeleton className="h-4 w-1/4" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-4 w-24" />
          <Skeleton className="ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  );
}

/** A page that is coming: header and one block, so that nothing jumps when it arrives. */
export function PageSkeleton({ rows }: { rows?: number }) {
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <SkeletonRows rows={rows} />
    </div>
  );
}
