import type { Metadata } from "next";
import { ExportTable } from "#components/billing-export/export-table.tsx";
import { NewExport } from "#components/billing-export/new-export.tsx";
import { billingExportText as text } from "#components/billing-export/text.ts";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { listBillingExports } from "#domain/billing/export/read.ts";
import { readForPage } from "#server/page.ts";
import { createBillingExport } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

/** The exports of usage to billing systems. */
export default async function BillingExportsPage() {
  const { items } = await readForPage(listBillingExports, {});
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={text.facts}
        actions={items.length > 0 ? <NewLink>{text.new}</NewLink> : null}
      />
      <ExportTable exports={items} />
      <NewExport create={createBillingExport} />
    </div>
  );
}
