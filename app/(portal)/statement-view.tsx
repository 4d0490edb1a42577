import { BrandMark } from "#components/app-shell/logo.tsx";
import { PrintButton } from "#components/statements/print-button.tsx";
import { StatementTables } from "#components/statements/statement-table.tsx";
import { statementsText as text } from "#components/statements/text.ts";
import { StatusDot } from "#components/ui/badge.tsx";
import { ButtonLink, buttonClass } from "#components/ui/button.tsx";
import { Card, Fact, Facts } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { formatMonth } from "#components/ui/format-time.ts";
import { FormattedNumber } from "#components/ui/number.tsx";
import { type Crumb, PageHeader } from "#components/ui/page-header.tsx";
import { DateTime } from "#components/ui/time.tsx";
import { monthAt, monthBefore, monthNamed, monthOrCurrent } from "#domain/billing/statements/months.ts";
import { readStatement } from "#domain/billing/statements/read.ts";
import type { Statement } from "#domain/billing/statements/schema.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { logoOf, pageBrand } from "#server/page-brand.ts";
import { apiNames } from "./api-names.ts";

interface StatementViewProps {
  projectId: string;
  /** As `2026-11`; the current month if it is none. */
  month: string | null;
  /** The page's own address. */
  base: string;
  crumbsOf: (statement: Statement) => Crumb[];
}

/** The statement of a month, to read and to print. */
export async function StatementView({ projectId, month: asked, base, crumbsOf }: StatementViewProps) {
  const { now } = await pageCtx();
  const month = monthOrCurrent(asked, now());
  const [statement, names, brand] = await Promise.all([
    readForPage(readStatement, { projectId, month }),
    apiNames(),
    pageBrand(),
  ]);
  const isClosed = statement.status === "closed";
  return (
    <div className="grid gap-6">
      <div className="hidden items-center gap-2.5 text-lg font-semibold tracking-tight print:flex">
        <BrandMark brand={logoOf(brand)} />
      </div>
      <PageHeader
        crumbs={crumbsOf(statement)}
        title={text.titleOf(formatMonth(monthNamed(month).start))}
        badges={<StatusDot tone={isClosed ? "good" : "attention"}>{text.status[statement.status]}</StatusDot>}
        facts={text.facts}
        actions={
          <MonthLinks
            base={base}
            csv={`/projects/${projectId}/statements/csv?month=${month}`}
            month={month}
            nowMs={now()}
          />
        }
      />
      <Total statement={statement} />
      {statement.lines.length > 0 ? (
        <StatementTables lines={statement.lines} apiNames={names} />
      ) : (
        <Card flush>
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        </Card>
      )}
      <p className="text-sm text-muted">{text.rule}</p>
    </div>
  );
}

function Total({ statement: { status, closesAt, total } }: { statement: Statement }) {
  return (
    <Card>
      <Facts>
        <Fact label={text.columns.requests}>
          <FormattedNumber value={total.requests} />
        </Fact>
        <Fact label={text.columns.units}>
          <FormattedNumber value={total.units} />
        </Fact>
        {total.amounts.map(({ currency, amount }) => (
          <Fact key={currency} label={text.total}>
            <span className="font-medium tabular-nums">{text.amount(amount, currency)}</span>
          </Fact>
        ))}
        {status === "provisional" ? (
          <Fact label={text.closes}>
            <DateTime at={closesAt} />
          </Fact>
        ) : null}
      </Facts>
    </Card>
  );
}

interface MonthLinksProps {
  base: string;
  csv: string;
  month: string;
  nowMs: number;
}

function MonthLinks({ base, csv, month, nowMs }: MonthLinksProps) {
  const { start, end } = monthNamed(month);
  return (
    <div className="flex flex-wrap gap-2">
      <ButtonLink href={`${base}?month=${monthBefore({ start }).name}`}>{text.previous}</ButtonLink>
      {end <= nowMs ? <ButtonLink href={`${base}?month=${monthAt(end).name}`}>{text.next}</ButtonLink> : null}
      <a href={csv} download className={buttonClass({})}>
        {text.csv}
      </a>
      <PrintButton />
    </div>
  );
}
