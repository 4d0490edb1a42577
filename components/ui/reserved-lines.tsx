import type { ReactNode } from "react";
import { Skeleton } from "./skeleton.tsx";

/**
 * The place of a sentence in a dialog that is loading or may still change: two lines, or three on a phone. Without it, the
 * buttons below would move while someone presses them.
 */
export function ReservedLines({ children }: { children: ReactNode }) {
  return <div className="min-h-[2lh] max-sm:min-h-[3lh]">{children}</div>;
}

/** A placeholder for a sentence that is loading. */
export function SkeletonLine() {
  return <Skeleton className="h-5.5 w-72 max-w-full" />;
}
