import { exportState } from "#components/billing-export/state.ts";
import { billingExportText as text } from "#components/billing-export/text.ts";
import { StatusDot } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TabLinks } from "#components/ui/tabs.tsx";
import { uiText } from "#components/ui/text.ts";
import type { BillingExport } from "#domain/billing/export/schema.ts";

interface ExportHeaderProps {
  subject: BillingExport;
  tab: "state" | "customers";
}

/** Title, status and tabs of an export. */
export function ExportHeader({ subject, tab }: ExportHeaderProps) {
  const { tone, word } = exportState(subject);
  const base = `/admin/billing-exports/${subject.id}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: text.title, href: "/admin/billing-exports" },
        ]}
        title={subject.name}
        badges={<StatusDot tone={tone}>{word}</StatusDot>}
        facts={<span className="font-mono text-sm break-all">{subject.url}</span>}
      />
      <TabLinks
        label={text.tabs.label}
        tabs={[
          { label: text.tabs.state, href: base, current: tab === "state" },
          { label: text.tabs.customers, href: `${base}/customers`, current: tab === "customers" },
        ]}
      />
    </>
  );
}
