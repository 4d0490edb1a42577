import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { ListedReferenceOperation } from "#domain/catalog/reference/overview.ts";
import type { GuideSummary } from "#domain/catalog/reference/schema.ts";
import { Link } from "../ui/link.tsx";
import { changelogHref, guideHref, operationHref, referenceHref } from "./links.ts";
import { Method } from "./method.tsx";
import { referenceText as text } from "./text.ts";

interface ReferenceNavProps {
  slug: string;
  guides: GuideSummary[];
  hasChangelog: boolean;
  /** The path of the current page. */
  current: string;
  /** The operations beside the current one, and their tag. */
  beside?: { title: string; operations: ListedReferenceOperation[]; language: string };
}

/** The pages of a reference: overview, guides, changelog, and the operations beside the current one. */
export function ReferenceNav({ slug, guides, hasChangelog, current, beside }: ReferenceNavProps) {
  return (
    <nav aria-label={text.navigation} className="grid gap-5 text-sm lg:sticky lg:top-6">
      <ul className="grid gap-0.5">
        <NavLink href={referenceHref(slug)} current={current}>
          {text.overview}
        </NavLink>
        {guides.map((guide) => (
          <NavLink key={guide.slug} href={guideHref(slug, guide.slug)} current={current}>
            {guide.title}
          </NavLink>
        ))}
        {hasChangelog ? (
          <NavLink href={changelogHref(slug)} current={current}>
            {text.changelog}
          </NavLink>
        ) : null}
      </ul>
      {beside && beside.operations.length > 0 ? (
        <div className="grid gap-1 max-lg:hidden">
          <p className="px-2 text-xs font-medium text-muted">{beside.title}</p>
          <ul className="grid max-h-[60dvh] gap-0.5 overflow-y-auto">
            {beside.operations.map(({ name, method, path, summary, deprecated }) => (
              <NavLink
                key={name}
                href={operationHref(slug, name, beside.language)}
                current={current}
                path={operationHref(slug, name)}
              >
                <span className={clsx("block", deprecated && "line-through")}>{summary || path}</span>
                <Method method={method} />
              </NavLink>
            ))}
          </ul>
        </div>
      ) : null}
    </nav>
  );
}

function NavLink({
  href,
  path = href,
  current,
  children,
}: {
  href: string;
  /** The page without its query. */
  path?: string;
  current: string;
  children: ReactNode;
}) {
  const isCurrent = path === current;
  return (
    <li>
      <Link
        href={href}
        aria-current={isCurrent ? "page" : undefined}
        className={clsx(
          "focus-inset block rounded px-2 py-1.5 transition-colors hover:bg-hover",
          isCurrent ? "bg-hover font-medium text-ink" : "text-muted hover:text-ink",
        )}
      >
        {children}
      </Link>
    </li>
  );
}
