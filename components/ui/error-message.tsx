import type { ReactNode } from "react";
import { errorIdText } from "./error-id.ts";

interface ErrorMessageProps {
  title: string;
  /** The reason, and what to do. */
  children: ReactNode;
  /** The id under which the log has the details. */
  id?: string;
  actions?: ReactNode;
}

/** A page that could not be shown: what happened, why, what to do, and an id to report. */
export function ErrorMessage({ title, children, id, actions }: ErrorMessageProps) {
  return (
    <div className="mx-auto grid max-w-lg gap-4 py-16">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="grid gap-2 text-muted">{children}</div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      {id ? <p className="text-sm text-muted">{errorIdText(id)}</p> : null}
    </div>
  );
}
