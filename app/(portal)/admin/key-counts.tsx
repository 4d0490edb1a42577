import { adminText } from "#components/admin/text.ts";
import { CountBar } from "#components/charts/count-bar.tsx";
import { STATUS_TEXT } from "#components/keys/status-text.ts";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SiteOverview } from "#domain/admin/overview.ts";
import { KEY_TOTALS, type KeyTotal } from "#domain/admin/totals.ts";

const { counts: text } = adminText;

interface Line {
  total: KeyTotal;
  label: string;
  color: string;
}

const STATES: Line[] = [
  { total: "active", label: STATUS_TEXT.active, color: "var(--good)" },
  { total: "disabled", label: STATUS_TEXT.disabled, color: "var(--inert)" },
  { total: "expired", label: STATUS_TEXT.expired, color: "var(--bad)" },
  { total: "revoked", label: STATUS_TEXT.revoked, color: "var(--inert)" },
];

const AGES: Line[] = [
  { total: "secretUnder30Days", label: text.under30Days, color: "var(--good)" },
  { total: "secretUnder90Days", label: text.under90Days, color: "var(--good)" },
  { total: "secretUnder1Year", label: text.under1Year, color: "var(--attention)" },
  { total: "secretOver1Year", label: text.over1Year, color: "var(--attention)" },
];

interface KeyCountsProps {
  counts: SiteOverview["keys"];
  /** When the keys of a large site were counted; null if the counts are current. */
  countedAt: string | null;
}

/** The keys by status, and the active ones by the age of their current secret. */
export function KeyCounts({ counts, countedAt }: KeyCountsProps) {
  const description =
    countedAt === null ? null : (
      <>
        {text.counted} <RelativeTime at={countedAt} />
      </>
    );
  return (
    <Section title={text.title} description={description}>
      <Card className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Lines title={text.byStatus} lines={STATES} counts={counts} />
        <Lines title={text.bySecretAge} lines={AGES} counts={counts} />
      </Card>
    </Section>
  );
}

function Lines({ title, lines, counts }: { title: string; lines: Line[]; counts: SiteOverview["keys"] }) {
  const max = Math.max(...lines.map(({ total }) => counts[total]));
  return (
    <div className="grid content-start gap-2">
      <h3 className="text-xs text-muted">{title}</h3>
      <ul className="grid gap-1">
        {lines.map(({ total, label, color }) => (
          <li key={total}>
            <Link
              href={totalHref(total)}
              className="-mx-2 grid gap-1 rounded px-2 py-1 text-sm hover:bg-hover"
            >
              <span className="flex items-baseline justify-between gap-3">
                <span>{label}</span>
                <FormattedNumber value={counts[total]} />
              </span>
              <CountBar value={counts[total]} max={max} color={color} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The URL of the list that contains exactly the keys that a total counts. */
export function totalHref(total: KeyTotal): string {
  const filter = Object.entries(KEY_TOTALS[total]).map(([name, value]) => [name, String(value)]);
  return `/admin/keys?${new URLSearchParams(filter)}`;
}
