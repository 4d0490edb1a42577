import type { Metadata } from "next";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listUsers } from "#domain/admin/users.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { AuditView } from "../../_audit/view.tsx";

export const metadata: Metadata = { title: "Audit log" };

/** The audit log of the site. */
export default async function SiteAuditPage({ searchParams }: { searchParams: PageSearch }) {
  const [search, users] = await Promise.all([searchOf(searchParams), readForPage(listUsers, { limit: 200 })]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Audit log"
        facts="All changes and security events of this site. Secrets are never recorded."
      />
      <AuditView
        base="/admin/audit"
        search={search}
        people={users.items}
        aboutLabel="Project, key or other id"
      />
    </div>
  );
}
