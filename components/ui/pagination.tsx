import { ArrowLeftToLine, ChevronRight } from "lucide-react";
import { formatNumber } from "#core/format.ts";
import { ButtonLink } from "./button.tsx";
import { uiText } from "./text.ts";
import { nextPageHref } from "./url-state.ts";

interface PaginationProps {
  /** What is listed. */
  noun: string;
  /** The first and last row shown, counted from 1; null if the position is unknown. */
  shown: { from: number; to: number } | null;
  total?: number;
  /** Null on the first page. */
  firstHref: string | null;
  /** Null on the last page. */
  nextHref: string | null;
}

/**
 * The footer of a paginated list. Pages follow a cursor, so that no row is skipped or shown twice while the list
 * grows. That allows "Next" and "First"; the browser's back button goes to the previous page.
 */
export function Pagination({ noun, shown, total, firstHref, nextHref }: PaginationProps) {
  const range = shown ? `${formatNumber(shown.from)}–${formatNumber(shown.to)}` : null;
  const paged = firstHref !== null || nextHref !== null;
  const words =
    total === undefined ? range : `${range && paged ? `${range} of ` : ""}${formatNumber(total)} ${noun}`;
  return (
    <nav
      aria-label={uiText.pagesOf(noun)}
      className="flex min-h-8 items-center justify-between gap-4 text-sm text-muted"
    >
      <p className="tabular-nums">{words}</p>
      <div className="flex gap-2">
        {firstHref ? (
          <ButtonLink size="sm" href={firstHref}>
            <ArrowLeftToLine aria-hidden />
            {uiText.firstPage}
          </ButtonLink>
        ) : null}
        {nextHref ? (
          <ButtonLink size="sm" href={nextHref}>
            {uiText.nextPage}
            <ChevronRight aria-hidden />
          </ButtonLink>
        ) : null}
      </div>
    </nav>
  );
}

export interface CursorPaginationProps {
  /** What is listed. */
  noun: string;
  /** The address of the first page; may have a query. */
  base: string;
  /** Of the page that is shown; undefined for the first. */
  cursor: string | undefined;
  /** Null on the last page. */
  nextCursor: string | null;
}

/** The footer of a list whose position is a cursor in the URL. */
export function CursorPagination({ noun, base, cursor, nextCursor }: CursorPaginationProps) {
  return (
    <Pagination
      noun={noun}
      shown={null}
      firstHref={cursor === undefined ? null : base}
      nextHref={nextPageHref(base, nextCursor)}
    />
  );
}
