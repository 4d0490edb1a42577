import type { Metadata } from "next";
import { auditText } from "#components/audit/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listMembers } from "#domain/access/members/list.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { AuditView } from "../../../_audit/view.tsx";
import { projectOf } from "../project.ts";

export const metadata: Metadata = { title: auditText.title };

interface AuditPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

/** The audit log of the project, for its owners. */
export default async function ProjectAuditPage({ params, searchParams }: AuditPageProps) {
  const { projectId } = await params;
  const [project, search, { members }] = await Promise.all([
    projectOf(projectId),
    searchOf(searchParams),
    readForPage(listMembers, { projectId }),
  ]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={auditText.title}
        facts={auditText.projectFacts}
      />
      <AuditView
        base={`/projects/${projectId}/audit`}
        search={search}
        people={members.map(({ user }) => user)}
        aboutLabel={auditText.filters.projectId}
        projectId={projectId}
      />
    </div>
  );
}
