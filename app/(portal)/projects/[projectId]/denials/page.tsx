import type { Metadata } from "next";
import { denialsPageText as text } from "#components/denials/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { type PageSearch, searchOf } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { Denials } from "./denials.tsx";

export const metadata: Metadata = { title: text.title };

interface DenialsPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

export default async function DenialsPage({ params, searchParams }: DenialsPageProps) {
  const { projectId } = await params;
  const [project, search] = await Promise.all([projectOf(projectId), searchOf(searchParams)]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
      />
      <Denials projectId={projectId} mayChange={project.role !== "viewer"} search={search} />
    </div>
  );
}
