import { ArrowLeftToLine, ChevronRight } from "lucide-react";
import { ButtonLink } from "./button.tsx";
import { formatNumber } from "./format.ts";

interface PaginationProps {
  /** What is listed. */
  noun: string;
  /** The first and last row shown, counted from 1; null where the place in the list is not known. */
  shown: { from: number; to: number } | null;
  total?: number;
  /** Back to the first page; null when this is it. */
  firstHref: string | null;
  /** Null at the end. */
  nextHref: string | null;
}

/**
 * The foot of a list that comes in pages. Pages are found by where the last one ended, so that nothing is
 * skipped or shown twice while the list grows: there is a next and a first, and the browser's back.
 */
export function Pagination({ noun, shown, total, firstHref, nextHref }: PaginationProps) {
  const place = shown ? `${formatNumber(shown.from)}–${formatNumber(shown.to)}` : null;
  const paged = firstHref !== null || nextHref !== null;
  const words =
    total === undefined ? place : `${place && paged ? `${place} of ` : ""}${formatNumber(total)} ${noun}`;
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex min-h-8 items-center justify-between gap-4 text-sm text-muted"
    >
      <p className="tabular-nums">{words}</p>
      <div className="flex gap-2">
        {firstHref ? (
          <ButtonLink size="sm" href={firstHref}>
            <ArrowLeftToLine aria-hidden />
            First
          </ButtonLink>
        ) : null}
        {nextHref ? (
          <ButtonLink size="sm" href={nextHref}>
            Next
            <ChevronRight aria-hidden />
          </ButtonLink>
        ) : null}
      </div>
    </nav>
  );
}
