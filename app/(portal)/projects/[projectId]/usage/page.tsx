import type { Metadata } from "next";
import { PageHeader } from "#components/ui/page-header.tsx";
import { usageText as text } from "#components/usage/text.ts";
import { UsagePanel } from "#components/usage/usage-panel.tsx";
import { readUsageView } from "#components/usage/usage-state.ts";
import { getProject } from "#domain/projects/list.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { readUsagePage } from "./read.ts";

interface UsagePageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

export const metadata: Metadata = { title: text.title };

export default async function UsagePage({ params, searchParams }: UsagePageProps) {
  const { projectId } = await params;
  const project = await readForPage(getProject, { projectId });
  const view = readUsageView(await searchOf(searchParams));
  const initial = await readForPage(readUsagePage, { projectId, view });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
      />
      <UsagePanel projectId={projectId} initial={initial} />
    </div>
  );
}
