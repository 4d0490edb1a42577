import type { Metadata } from "next";
import { PageHeader } from "#components/ui/page-header.tsx";
import { type PageSearch, searchOf } from "#server/search.ts";
import { projectOf } from "../project.ts";
import { Refusals } from "./refusals.tsx";

export const metadata: Metadata = { title: "Refusals" };

interface RefusalsPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

/** Why calls with a project's keys are refused, and how to let them through. */
export default async function RefusalsPage({ params, searchParams }: RefusalsPageProps) {
  const { projectId } = await params;
  const [project, search] = await Promise.all([projectOf(projectId), searchOf(searchParams)]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title="Refusals"
        facts="The latest calls that were refused: why, what was seen, and how to let them through."
      />
      <Refusals projectId={projectId} mayChange={project.role !== "viewer"} search={search} />
    </div>
  );
}
