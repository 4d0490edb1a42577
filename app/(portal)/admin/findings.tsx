import { ChevronRight } from "lucide-react";
import { adminText } from "#components/admin/text.ts";
import { StatusDot, type Tone } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { formatNumber } from "#core/format.ts";
import type { SiteOverview } from "#domain/admin/overview.ts";
import type { KeyTotal } from "#domain/admin/totals.ts";
import { totalHref } from "./key-counts.tsx";

const { findings: text } = adminText;

/** The most serious first. */
const KEY_FINDINGS = [
  { total: "leaked", tone: "bad" },
  { total: "unrestrictedLive", tone: "attention" },
  { total: "liveWithoutApplication", tone: "attention" },
  { total: "secretOver90Days", tone: "attention" },
  { total: "unusedFor90Days", tone: "attention" },
] as const satisfies { total: KeyTotal; tone: Tone }[];

/** What an administrator should act on. Each finding links to the list that it counts. */
export function Findings({ site }: { site: SiteOverview }) {
  const approvals = {
    name: "approvals",
    href: "/admin/approvals",
    tone: "attention" as Tone,
    count: site.pendingAccess,
    words: text.approvals,
  };
  const tokensWithoutExpiry = {
    name: "tokensWithoutExpiry",
    href: "/admin/management-tokens?expires=never",
    tone: "attention" as Tone,
    count: site.tokensWithoutExpiry,
    words: text.tokensWithoutExpiry,
  };
  const documents = [
    { total: "changedDocuments", tone: "attention" },
    { total: "unreadableDocuments", tone: "bad" },
  ] as const;
  const found = [
    approvals,
    ...KEY_FINDINGS.map(({ total, tone }) => ({
      name: total,
      href: totalHref(total),
      tone,
      count: site.keys[total],
      words: text[total],
    })),
    tokensWithoutExpiry,
    ...documents.map(({ total, tone }) => ({
      name: total,
      href: "/admin/apis",
      tone: tone as Tone,
      count: site[total],
      words: text[total],
    })),
  ].filter(({ count }) => count > 0);
  return (
    <Section title={text.title}>
      <Card flush>
        {found.length === 0 ? (
          <p className="px-5 py-4">
            <StatusDot tone="good">{text.none}</StatusDot>
          </p>
        ) : (
          <ul>
            {found.map(({ name, href, tone, count, words }) => (
              <li key={name} className="border-b border-border last:border-b-0">
                <Link
                  href={href}
                  className="focus-inset flex min-h-11 items-center justify-between gap-3 px-5 py-2 hover:bg-hover"
                >
                  <StatusDot tone={tone} className="min-w-0">
                    <span className="whitespace-normal">
                      <span className="font-medium tabular-nums">{formatNumber(count)}</span> {words(count)}
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
