import type { ReactNode } from "react";

interface FaultProps {
  title: string;
  /** Why, and what to do. */
  children: ReactNode;
  /** To quote when reporting it. */
  id?: string;
  actions?: ReactNode;
}

/** A page that is not what was asked for: what happened, why, what to do, an id to quote. */
export function ErrorMessage({ title, children, id, actions }: FaultProps) {
  return (
    <div className="mx-auto grid max-w-lg gap-4 py-16">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="grid gap-2 text-muted">{children}</div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      {id ? (
        <p className="text-sm text-muted">
          Quote <span className="font-mono text-ink">{id}</span> when you report it: the log has the rest.
        </p>
      ) : null}
    </div>
  );
}
