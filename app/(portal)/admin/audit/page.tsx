import type { Metadata } from "next";
import { auditText } from "#components/audit/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { listUsers } from "#domain/admin/users.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { AuditView } from "../../_audit/view.tsx";

export const metadata: Metadata = { title: auditText.title };

/** The audit log of the site. */
export default async function SiteAuditPage({ searchParams }: { searchParams: PageSearch }) {
  const [search, users] = await Promise.all([searchOf(searchParams), readForPage(listUsers, { limit: 200 })]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={auditText.title}
        facts={auditText.facts}
      />
      <AuditView
        base="/admin/audit"
        search={search}
        people={users.items}
        aboutLabel={auditText.filters.siteId}
      />
    </div>
  );
}
