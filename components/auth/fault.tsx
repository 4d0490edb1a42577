import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What went wrong on the way to this page. */
export function Fault({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="flex gap-2 rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <span>{children}</span>
    </p>
  );
}
