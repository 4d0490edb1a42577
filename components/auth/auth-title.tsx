import type { ReactNode } from "react";

/** What one is about to do, and what it takes. */
export function AuthTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid gap-1">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {children ? <div className="text-muted">{children}</div> : null}
    </div>
  );
}
