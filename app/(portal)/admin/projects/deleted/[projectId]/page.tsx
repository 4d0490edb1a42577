import type { Metadata } from "next";
import { cache } from "react";
import { deletedProjectsText as text } from "#components/admin/deleted-projects-text.ts";
import { adminText } from "#components/admin/text.ts";
import { statementsText } from "#components/statements/text.ts";
import { uiText } from "#components/ui/text.ts";
import { getDeletedProject } from "#domain/projects/list-deleted.ts";
import { projectRefSchema } from "#domain/projects/schema.ts";
import { type PageSearch, pageInput, readForPage, searchOf } from "#server/page.ts";
import { StatementView } from "../../../../statement-view.tsx";

interface DeletedProjectPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

const deletedProjectOf = cache((projectId: string) =>
  readForPage(getDeletedProject, pageInput(projectRefSchema, { projectId })),
);

export async function generateMetadata({ params }: DeletedProjectPageProps): Promise<Metadata> {
  const { name } = await deletedProjectOf((await params).projectId);
  return { title: `${statementsText.title} · ${name}` };
}

/** The statements of a deleted project, whose own pages are gone. Those of any other project are on its own page. */
export default async function DeletedProjectPage({ params, searchParams }: DeletedProjectPageProps) {
  const { id: projectId } = await deletedProjectOf((await params).projectId);
  const base = `/admin/projects/deleted/${projectId}`;
  return (
    <StatementView
      projectId={projectId}
      month={(await searchOf(searchParams)).get("month")}
      base={base}
      crumbsOf={({ projectName, month }) => [
        { label: uiText.admin, href: "/admin" },
        { label: adminText.projects.title, href: "/admin/projects" },
        { label: text.title, href: "/admin/projects/deleted" },
        { label: projectName, href: `${base}?month=${month}` },
      ]}
    />
  );
}
