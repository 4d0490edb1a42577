import { clsx } from "clsx";
import { uiText } from "./text.ts";

/** A placeholder with the size of the content that is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx("skeleton", className)} />;
}

/** The rows of a table that is loading. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="rounded border border-border bg-surface" role="status" aria-label={uiText.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
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

/** A page that is loading: header and one block, so that nothing moves when it arrives. */
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
