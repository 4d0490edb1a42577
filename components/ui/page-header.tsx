import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

export interface Crumb {
  label: ReactNode;
  href: string;
}

interface PageHeaderProps {
  /** The way here, without the page itself. */
  crumbs?: Crumb[];
  title: ReactNode;
  /** Beside the title: the state of the thing, its environment. */
  badges?: ReactNode;
  /** One line of facts. */
  facts?: ReactNode;
  /** At the right; the primary one last. */
  actions?: ReactNode;
}

/** The head of every page: where it is, what it is, its facts in a line, and what can be done. */
export function PageHeader({ crumbs = [], title, badges, facts, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {crumbs.length > 0 ? (
          <nav aria-label="Breadcrumb">
            <ol className="mb-1 flex flex-wrap items-center gap-1 text-sm text-muted">
              {crumbs.map((crumb, index) => (
                <li key={crumb.href} className="flex min-w-0 items-center gap-1">
                  {index > 0 ? <ChevronRight aria-hidden className="size-3.5 shrink-0" /> : null}
                  <Link href={crumb.href} className="truncate rounded hover:text-ink hover:underline">
                    {crumb.label}
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
          {badges}
        </div>
        {facts ? <div className="mt-1 text-muted">{facts}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** Facts of one line, set apart by a dot; what is empty is left out. */
export function FactLine({ items }: { items: { key: string; value: ReactNode }[] }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
      {items
        .filter((item) => item.value)
        .map((item, index) => (
          <li key={item.key} className="flex min-w-0 items-center gap-2">
            {index > 0 ? <span aria-hidden>·</span> : null}
            <span className="min-w-0">{item.value}</span>
          </li>
        ))}
    </ul>
  );
}
