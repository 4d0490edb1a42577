import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button, ButtonLink } from "./button.tsx";
import { formatCount } from "./format.ts";

interface PaginationProps {
  /** What is listed, in the plural. */
  noun: string;
  /** Of the first and last row shown, counted from 1; null where the place in the list is not known. */
  shown: { from: number; to: number } | null;
  total?: number;
  /** Null where there is none. */
  previousHref: string | null;
  nextHref: string | null;
}

/** The foot of a list that comes in pages. */
export function Pagination({ noun, shown, total, previousHref, nextHref }: PaginationProps) {
  const place = shown ? `${formatCount(shown.from)}–${formatCount(shown.to)}` : null;
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex items-center justify-between gap-4 text-sm text-muted"
    >
      <p className="tabular-nums">
        {place}
        {total === undefined ? null : `${place ? " of " : ""}${formatCount(total)} ${noun}`}
      </p>
      {previousHref || nextHref ? (
        <div className="flex gap-2">
          <Step href={previousHref} label="Previous" icon={<ChevronLeft aria-hidden />} />
          <Step href={nextHref} label="Next" icon={<ChevronRight aria-hidden />} />
        </div>
      ) : null}
    </nav>
  );
}

function Step({ href, label, icon }: { href: string | null; label: string; icon: React.ReactNode }) {
  const words = label === "Next" ? [label, icon] : [icon, label];
  if (href) {
    return (
      <ButtonLink size="sm" href={href}>
        {words[0]}
        {words[1]}
      </ButtonLink>
    );
  }
  return (
    <Button size="sm" disabled>
      {words[0]}
      {words[1]}
    </Button>
  );
}
