import type { Metadata } from "next";
import { AuditList } from "#components/audit/audit-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAudit } from "#domain/audit/list.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { projectOf } from "../project.ts";

export const metadata: Metadata = { title: "Audit" };

interface AuditPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

/** Who did what in the project; for its owners. */
export default async function ProjectAuditPage({ params, searchParams }: AuditPageProps) {
  const { projectId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [project, page] = await Promise.all([
    projectOf(projectId),
    readForPage(listAudit, { projectId, cursor, limit: 50 }),
  ]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title="Audit"
        facts="Every change to this project, its keys and its members. Never a secret."
      />
      <AuditList page={page} base={`/projects/${projectId}/audit`} later={cursor !== undefined} />
    </div>
  );
}
