import type { Metadata } from "next";
import { requestsText as text } from "#components/requests/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { type PageSearch, searchOf } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { Requests } from "./requests.tsx";

export const metadata: Metadata = { title: text.title };

interface RequestsPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

export default async function RequestsPage({ params, searchParams }: RequestsPageProps) {
  const { projectId } = await params;
  const [project, search] = await Promise.all([projectOf(projectId), searchOf(searchParams)]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
      />
      <Requests projectId={projectId} search={search} />
    </div>
  );
}
