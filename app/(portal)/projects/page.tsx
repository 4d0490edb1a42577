import type { Metadata } from "next";
import { NewProject } from "#components/projects/new-project.tsx";
import { NoProjects, ProjectList } from "#components/projects/project-list.tsx";
import { projectsText as text } from "#components/projects/text.ts";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { nextPageHref, SEARCHED_LIST } from "#components/ui/url-state.ts";
import { isAdmin } from "#domain/context.ts";
import { listProjects } from "#domain/projects/list.ts";
import { listProjectsSchema } from "#domain/projects/schema.ts";
import { projectSparklines } from "#domain/usage/project-sparklines.ts";
import { type PageSearch, pageCtx, pageInput, readForPage, searchOf } from "#server/page.ts";
import { createProject } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

export default async function ProjectsPage({ searchParams }: { searchParams: PageSearch }) {
  const { cursor } = SEARCHED_LIST.read(await searchOf(searchParams));
  const [page, { actor }] = await Promise.all([
    readForPage(listProjects, pageInput(listProjectsSchema, { cursor })),
    pageCtx(),
  ]);
  const weeks = await readForPage(projectSparklines, { projectIds: page.items.map(({ id }) => id) });
  const empty = page.items.length === 0;
  return (
    <div className="grid gap-6">
      <PageHeader
        title={text.title}
        facts={<span className="text-sm">{text.facts}</span>}
        actions={empty ? null : <NewLink>{text.none.action}</NewLink>}
      />
      {empty ? (
        <NoProjects create={createProject} owner={actor.kind === "user" ? actor.name : ""} />
      ) : (
        <ProjectList projects={page.items} weeks={weeks} isAdmin={isAdmin(actor)} />
      )}
      {cursor || page.nextCursor ? (
        <Pagination
          noun={text.noun}
          shown={null}
          firstHref={cursor ? "/projects" : null}
          nextHref={nextPageHref("/projects", page.nextCursor)}
        />
      ) : null}
      <NewProject create={createProject} />
    </div>
  );
}
