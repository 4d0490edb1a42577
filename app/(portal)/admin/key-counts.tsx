import Link from "next/link";
import { CountBar } from "#components/admin/count-bar.tsx";
import { STATUS_TEXT } from "#components/keys/text.ts";
import { Card, Section } from "#components/ui/card.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import type { KeyTotal } from "#domain/admin/totals.ts";
import type { SiteOverview } from "#domain/admin/types.ts";
import { figureHref } from "./figure-href.ts";

interface Line {
  figure: KeyTotal;
  label: string;
  colour: string;
}

const STATES: Line[] = [
  { figure: "active", label: STATUS_TEXT.active, colour: "var(--good)" },
  { figure: "disabled", label: STATUS_TEXT.disabled, colour: "var(--inert)" },
  { figure: "expired", label: STATUS_TEXT.expired, colour: "var(--bad)" },
  { figure: "revoked", label: STATUS_TEXT.revoked, colour: "var(--inert)" },
];

const AGES: Line[] = [
  { figure: "secretUnder30Days", label: "Under 30 days", colour: "var(--good)" },
  { figure: "secretUnder90Days", label: "30 to 90 days", colour: "var(--good)" },
  { figure: "secretUnder1Year", label: "90 days to a year", colour: "var(--attention)" },
  { figure: "secretOver1Year", label: "Over a year", colour: "var(--attention)" },
];

/** The keys by how they stand, and the active ones by the age of their current secret. */
export function KeyCounts({ counts }: { counts: SiteOverview["keys"] }) {
  return (
    <Section title="Keys">
      <Card className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Lines title="By state" lines={STATES} counts={counts} />
        <Lines title="Active, by age of the secret" lines={AGES} counts={counts} />
      </Card>
    </Section>
  );
}

function Lines({ title, lines, counts }: { title: string; lines: Line[]; counts: SiteOverview["keys"] }) {
  const most = Math.max(...lines.map(({ figure }) => counts[figure]));
  return (
    <div className="grid content-start gap-2">
      <h3 className="text-xs text-muted">{title}</h3>
      <ul className="grid gap-1">
        {lines.map(({ figure, label, colour }) => (
          <li key={figure}>
            <Link
              href={figureHref(figure)}
              prefetch={false}
              className="-mx-2 grid gap-1 rounded px-2 py-1 text-sm hover:bg-hover"
            >
              <span className="flex items-baseline justify-between gap-3">
                <span>{label}</span>
                <FormattedNumber value={counts[figure]} />
              </span>
              <CountBar value={counts[figure]} most={most} colour={colour} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
