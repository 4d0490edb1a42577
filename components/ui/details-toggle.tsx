import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface DetailsToggleProps {
  open: boolean;
  onOpen: (open: boolean) => void;
  /** What it opens, for screen readers; follows the children in its name. */
  label: string;
  children: ReactNode;
}

/** A button around content that a table row shows anyway. It opens the row's details without an extra line. */
export function DetailsToggle({ open, onOpen, label, children }: DetailsToggleProps) {
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => onOpen(!open)}
      className="-ml-1 inline-flex min-h-6 max-w-full align-middle items-center gap-1 rounded text-muted hover:text-ink"
    >
      <ChevronRight
        aria-hidden
        className={clsx("size-4 shrink-0 transition-transform", open && "rotate-90")}
      />
      {children}
      <span className="sr-only">{label}</span>
    </button>
  );
}
