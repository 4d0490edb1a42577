import type { Metadata } from "next";
import { ExportControls } from "#components/billing-export/export-controls.tsx";
import { HeldTable } from "#components/billing-export/held-table.tsx";
import { ReconciliationTable } from "#components/billing-export/reconciliation-table.tsx";
import { billingExportText as text } from "#components/billing-export/text.ts";
import { ActionButton } from "#components/forms/action-button.tsx";
import { Alert, Card, Fact, Facts, Section } from "#components/ui/card.tsx";
import { formatHour } from "#components/ui/format-time.ts";
import { FormattedNumber } from "#components/ui/number.tsx";
import { Refresher } from "#components/ui/refresher.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { listHeldEvents } from "#domain/billing/export/read.ts";
import { reconcileBillingExport } from "#domain/billing/export/reconcile.ts";
import type { BillingExport } from "#domain/billing/export/schema.ts";
import { readForPage } from "#server/page.ts";
import { apiNames } from "../../../api-names.ts";
import {
  deleteBillingExport,
  replayBillingExport,
  resendHeldEvents,
  testBillingExport,
  updateBillingExport,
} from "../actions.ts";
import { exportOf } from "./export.ts";
import { ExportHeader } from "./header.tsx";

const HELD_SHOWN = 50;

interface BillingExportPageProps {
  params: Promise<{ exportId: string }>;
}

export async function generateMetadata({ params }: BillingExportPageProps): Promise<Metadata> {
  return { title: (await exportOf((await params).exportId)).name };
}

/** An export: its state, held events, and what was acknowledged next to the usage. */
export default async function BillingExportPage({ params }: BillingExportPageProps) {
  const { exportId } = await params;
  const [subject, report, held, names] = await Promise.all([
    exportOf(exportId),
    readForPage(reconcileBillingExport, { exportId, interval: "day" }),
    readForPage(listHeldEvents, { exportId, limit: HELD_SHOWN }),
    apiNames(),
  ]);
  return (
    <div className="grid gap-6">
      <Refresher everyMs={5_000} />
      <ExportHeader subject={subject} tab="state" />
      <div className="flex flex-wrap gap-2">
        <ExportControls
          subject={subject}
          actions={{
            update: updateBillingExport,
            replay: replayBillingExport,
            sendTest: testBillingExport,
            remove: deleteBillingExport,
          }}
        />
      </div>
      <Messages subject={subject} />
      <Card>
        <ExportFacts subject={subject} />
      </Card>
      {held.items.length > 0 ? (
        <Section
          title={text.held.title}
          description={held.nextCursor === null ? text.held.description : text.held.more(held.items.length)}
          actions={
            <ActionButton action={resendHeldEvents.bind(null, { exportId })}>{text.held.resend}</ActionButton>
          }
        >
          <HeldTable events={held.items} apiNames={names} />
        </Section>
      ) : null}
      <Section title={text.reconciliation.title} description={text.reconciliation.description}>
        <ReconciliationTable report={report} />
      </Section>
    </div>
  );
}

function Messages({ subject: { lastError, nextAttemptAt, replaying } }: { subject: BillingExport }) {
  return (
    <>
      {lastError ? (
        <Alert tone="bad">
          <p className="font-medium">{text.error(lastError.failures)}</p>
          <p className="wrap-anywhere">{lastError.message}</p>
          {nextAttemptAt ? (
            <p className="text-muted">
              {text.nextAttempt}: <RelativeTime at={nextAttemptAt} />
            </p>
          ) : null}
        </Alert>
      ) : null}
      {replaying ? <Alert tone="inert">{text.replaying}</Alert> : null}
    </>
  );
}

function ExportFacts({ subject }: { subject: BillingExport }) {
  const { labels } = text;
  const { lastTest, lastSuccessAt } = subject;
  return (
    <Facts>
      <Fact label={labels.adapter}>{text.adapters[subject.adapter]}</Fact>
      <Fact label={labels.eventName}>
        <code className="font-mono text-sm wrap-anywhere">{subject.eventName}</code>
      </Fact>
      <Fact label={labels.apiKey}>{subject.hasSecret ? labels.stored : labels.none}</Fact>
      <Fact label={labels.since}>{formatHour(Date.parse(subject.startsAt))}</Fact>
      <Fact label={labels.until}>{formatHour(Date.parse(subject.exportedUntil))}</Fact>
      <Fact label={labels.lag}>{text.lag(subject.lagSeconds)}</Fact>
      <Fact label={labels.pending}>
        <FormattedNumber value={subject.pendingEvents} />
      </Fact>
      <Fact label={labels.lastSuccess}>
        {lastSuccessAt ? <RelativeTime at={lastSuccessAt} /> : labels.never}
      </Fact>
      {lastTest ? (
        <Fact label={labels.lastTest}>
          {text.testStates[lastTest.state]} <RelativeTime at={lastTest.time} className="text-muted" />
          {lastTest.state === "failed" ? (
            <div className="text-sm wrap-anywhere">{lastTest.message}</div>
          ) : null}
        </Fact>
      ) : null}
    </Facts>
  );
}
