import type { Metadata } from "next";
import { NewProject } from "#components/projects/new-project.tsx";
import { NoProjects, ProjectList } from "#components/projects/project-list.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { listProjects } from "#domain/projects/list.ts";
import { listProjectsSchema } from "#domain/projects/schema.ts";
import { projectSparklines } from "#domain/usage/project-sparklines.ts";
import { pageInput, readForPage } from "#server/page.ts";
import { createProject } from "./actions.ts";

export const metadata: Metadata = { title: "Projects" };

interface ProjectsPageProps {
  searchParams: Promise<{ cursor?: string | string[] }>;
}

export default async function ProjectsPage({ searchParams }: ProjectsPageProps) {
  const { cursor } = await searchParams;
  const page = await readForPage(
    listProjects,
    pageInput(listProjectsSchema, { cursor: typeof cursor === "string" && cursor ? cursor : undefined }),
  );
  const weeks = await readForPage(projectSparklines, { projectIds: page.items.map(({ id }) => id) });
  const empty = page.items.length === 0;
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Projects"
        facts={<span className="text-sm">What you are a member of.</span>}
        actions={empty ? null : <NewLink>New project</NewLink>}
      />
      {empty ? <NoProjects /> : <ProjectList projects={page.items} weeks={weeks} />}
      {cursor || page.nextCursor ? (
        <Pagination
          noun="projects"
          shown={null}
          firstHref={cursor ? "/projects" : null}
          nextHref={page.nextCursor ? `/projects?cursor=${page.nextCursor}` : null}
        />
      ) : null}
      <NewProject create={createProject} />
    </div>
  );
}
