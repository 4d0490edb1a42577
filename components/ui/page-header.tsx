import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import { uiText } from "./text.ts";

export interface Crumb {
  label: ReactNode;
  href: string;
}

interface PageHeaderProps {
  /** The parent pages. */
  crumbs?: Crumb[];
  title: ReactNode;
  /** Beside the title: status, environment. */
  badges?: ReactNode;
  /** One line of facts. */
  facts?: ReactNode;
  /** At the right; the primary action last. */
  actions?: ReactNode;
}

/** The header of every page: breadcrumb, title, one line of facts and the actions. */
export function PageHeader({ crumbs = [], title, badges, facts, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {crumbs.length > 0 ? (
          <nav aria-label={uiText.breadcrumb}>
            <ol className="mb-1 flex flex-wrap items-center gap-1 text-sm text-muted">
              {crumbs.map((crumb, index) => (
                <li key={crumb.href} className="flex min-w-0 items-center gap-1">
                  {index > 0 ? <ChevronRight aria-hidden className="size-3.5 shrink-0" /> : null}
                  <Link
                    href={crumb.href}
                    className="min-w-6 truncate rounded py-0.5 hover:text-ink hover:underline"
                  >
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

/** Facts in one line, separated by dots. Empty ones are left out. */
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
