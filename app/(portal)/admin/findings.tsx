import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { StatusDot, type Tone } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { formatNumber } from "#components/ui/format.ts";
import type { KeyTotal } from "#domain/admin/totals.ts";
import type { SiteOverview } from "#domain/admin/types.ts";
import { figureHref } from "./figure-href.ts";

/** The graver first: what it says of one, and of several. */
const OF_KEYS: { figure: KeyTotal; tone: Tone; one: string; many: string }[] = [
  {
    figure: "leaked",
    tone: "bad",
    one: "key still works with a secret that leaked",
    many: "keys still work with a secret that leaked",
  },
  {
    figure: "unrestrictedLive",
    tone: "attention",
    one: "live key works from anywhere, for everything",
    many: "live keys work from anywhere, for everything",
  },
  {
    figure: "liveWithoutApplication",
    tone: "attention",
    one: "live key is bound to no address, website or app",
    many: "live keys are bound to no address, website or app",
  },
  {
    figure: "secretOver90Days",
    tone: "attention",
    one: "active key has a secret older than 90 days",
    many: "active keys have a secret older than 90 days",
  },
  {
    figure: "unusedFor90Days",
    tone: "attention",
    one: "active key was not used for 90 days",
    many: "active keys were not used for 90 days",
  },
];

/** What needs a hand, each with the way to the list that it counts. */
export function Findings({ site }: { site: SiteOverview }) {
  const found = [
    {
      name: "approvals",
      href: "/admin/approvals",
      tone: "attention" as Tone,
      count: site.pendingAccess,
      one: "request for an API waits for a decision",
      many: "requests for an API wait for a decision",
    },
    ...OF_KEYS.map(({ figure, ...words }) => ({
      ...words,
      name: figure,
      href: figureHref(figure),
      count: site.keys[figure],
    })),
  ].filter(({ count }) => count > 0);
  return (
    <Section title="Needs a hand">
      <Card flush>
        {found.length === 0 ? (
          <p className="px-5 py-4">
            <StatusDot tone="good">Nothing at the moment</StatusDot>
          </p>
        ) : (
          <ul>
            {found.map(({ name, href, tone, count, one, many }) => (
              <li key={name} className="border-b border-border last:border-b-0">
                <Link
                  href={href}
                  prefetch={false}
                  className="focus-inset flex min-h-11 items-center justify-between gap-3 px-5 py-2 hover:bg-hover"
                >
                  <StatusDot tone={tone} className="min-w-0">
                    <span className="whitespace-normal">
                      <span className="font-medium tabular-nums">{formatNumber(count)}</span>{" "}
                      {count === 1 ? one : many}
                    </span>
                  </StatusDot>
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}
