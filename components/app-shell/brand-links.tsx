import { clsx } from "clsx";
import type { BrandLinks } from "#core/brand/brand.ts";
import { serverShellText } from "./server-text.ts";

interface BrandLinksProps {
  links: BrandLinks;
  /** Adds the description of the portal's own HTTP API. */
  api?: boolean;
  className?: string;
}

/** Links of the company. Nothing if there are none. */
export function BrandLinkList({ links, api = false, className }: BrandLinksProps) {
  const { docs, support, status, terms } = links;
  const items = [
    { label: serverShellText.links.docs, href: docs },
    { label: serverShellText.links.support, href: support },
    { label: serverShellText.links.status, href: status },
    { label: serverShellText.links.terms, href: terms },
    { label: serverShellText.links.api, href: api ? "/api/openapi.json" : null },
  ].filter((item): item is { label: string; href: string } => item.href !== null);
  if (items.length === 0) return null;
  return (
    <ul
      aria-label={serverShellText.links.label}
      className={clsx("flex flex-wrap gap-x-4 gap-y-1", className)}
    >
      {items.map(({ label, href }) => (
        <li key={label}>
          <a
            href={href}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-6 items-center rounded text-xs text-muted hover:text-ink hover:underline"
          >
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
