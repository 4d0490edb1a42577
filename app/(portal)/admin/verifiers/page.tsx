import type { Metadata } from "next";
import { adminText } from "#components/admin/text.ts";
import { StatusDot } from "#components/ui/badge.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Refresher } from "#components/ui/refresher.tsx";
import { uiText } from "#components/ui/text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Verifier } from "#domain/admin/schema.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { lagText, verifierState } from "../verifier-state.ts";

const text = adminText.verifiers;

export const metadata: Metadata = { title: text.title };

/** The processes that verify keys, and how current each is. */
export default async function VerifiersPage() {
  const [{ items }, { now }] = await Promise.all([readForPage(listVerifiers, {}), pageCtx()]);
  return (
    <div className="grid gap-6">
      <Refresher everyMs={3_000} />
      <PageHeader crumbs={[{ label: uiText.admin, href: "/admin" }]} title={text.title} facts={text.facts} />
      <VerifierTable verifiers={items} nowMs={now()} />
    </div>
  );
}

function VerifierTable({ verifiers, nowMs }: { verifiers: Verifier[]; nowMs: number }) {
  return (
    <DataTable
      label={text.title}
      rows={verifiers}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title={text.empty.title}>
          {text.empty.before}
          <code className="font-mono text-sm">{text.empty.command}</code>
          {text.empty.after}
        </EmptyState>
      }
      columns={[
        {
          label: text.columns.verifier,
          value: ({ address, id, serviceToken }) =>
            serviceToken ? (
              <NameCell name={address} detail={text.localIn(serviceToken.name)} />
            ) : (
              <NameCell mono name={address} detail={id} />
            ),
        },
        {
          label: text.columns.status,
          value: (verifier) => {
            const { tone, word } = verifierState(verifier, nowMs);
            return <StatusDot tone={tone}>{word}</StatusDot>;
          },
        },
        {
          label: text.columns.behind,
          className: "tabular-nums",
          value: (verifier) => lagText(verifier) ?? uiText.none,
        },
        { label: text.columns.version, className: "font-mono text-sm", value: ({ version }) => version },
        {
          label: text.columns.lastSeen,
          className: "text-muted",
          value: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
        },
        {
          label: text.columns.started,
          className: "text-muted",
          value: ({ startedAt }) => <RelativeTime at={startedAt} />,
        },
      ]}
    />
  );
}
