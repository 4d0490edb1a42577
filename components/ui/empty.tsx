import { clsx } from "clsx";
import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  /** What will be listed here and why it is useful, in one or two sentences. */
  children?: ReactNode;
  /** The next step. */
  action?: ReactNode;
  /** A faint picture of the list with data. */
  picture?: ReactNode;
  className?: string;
}

/** An empty list: explains what it will contain and offers the next step. */
export function EmptyState({ title, children, action, picture, className }: EmptyStateProps) {
  return (
    <div className={clsx("grid justify-items-center gap-4 px-6 py-12 text-center", className)}>
      {picture ? (
        <div aria-hidden className="mb-2 w-full max-w-sm select-none">
          {picture}
        </div>
      ) : null}
      <div className="grid max-w-md gap-1.5">
        <h2 className="text-lg font-semibold">{title}</h2>
        {children ? <div className="text-balance text-muted">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
