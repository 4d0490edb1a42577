import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import { uiText } from "./text.ts";

/**
 * A list in lines with a separator before each item, 22 px wide. The items are moved by that to the left, where the
 * separator of the first item of each line is cut off.
 */
const SEPARATED = "-mr-4 flex flex-wrap items-center [clip-path:inset(-4px)]";
const SEPARATED_ITEM = "relative -left-5.5 flex max-w-full min-w-0 items-center";

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
            <ol className={clsx(SEPARATED, "mb-1 gap-y-1 text-sm text-muted")}>
              {crumbs.map((crumb) => (
                <li key={crumb.href} className={SEPARATED_ITEM}>
                  <ChevronRight aria-hidden className="mx-1 size-3.5 shrink-0" />
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
          <h1 className="min-w-0 text-xl font-semibold tracking-tight">{title}</h1>
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
    <ul className={clsx(SEPARATED, "gap-y-0.5 text-sm")}>
      {items
        .filter((item) => item.value)
        .map((item) => (
          <li key={item.key} className={SEPARATED_ITEM}>
            <span aria-hidden className="w-5.5 shrink-0 text-center">
              ·
            </span>
            <span className="min-w-0">{item.value}</span>
          </li>
        ))}
    </ul>
  );
}
