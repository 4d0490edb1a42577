import type { Metadata } from "next";
import { AuditList } from "#components/audit/audit-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAudit } from "#domain/audit/list.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";

export const metadata: Metadata = { title: "Audit" };

/** Who did what on the whole site. */
export default async function SiteAuditPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const page = await readForPage(listAudit, { cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Audit"
        facts="Every change on this site, by whom and from where. Never a secret."
      />
      <AuditList page={page} base="/admin/audit" later={cursor !== undefined} />
    </div>
  );
}
