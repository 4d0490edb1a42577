import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SearchForm } from "#components/ui/search-form.tsx";
import { nextPageHref, SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listProjects } from "#domain/projects/list.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { ProjectTable } from "./project-table.tsx";

export const metadata: Metadata = { title: "Projects" };

const BASE = "/admin/projects";

/** Every project of the site. */
export default async function AdminProjectsPage({ searchParams }: { searchParams: PageSearch }) {
  const { search, cursor } = SEARCHED_LIST.read(await searchOf(searchParams));
  const page = await readForPage(listProjects, { all: true, search, cursor, limit: 50 });
  const base = SEARCHED_LIST.href(BASE, { search });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Projects"
        facts="Every project of this site. Suspending one has all its keys refused within a second."
      />
      <SearchForm action={BASE} search={search} by="Name or id" />
      {page.items.length > 0 ? (
        <>
          <ProjectTable projects={page.items} />
          <Pagination
            noun="projects"
            shown={null}
            firstHref={cursor === undefined ? null : base}
            nextHref={nextPageHref(base, page.nextCursor)}
          />
        </>
      ) : (
        <Card flush>
          {search === undefined ? (
            <EmptyState title="No projects yet">
              Anybody who can sign in may make one. It appears here as soon as it exists.
            </EmptyState>
          ) : (
            <EmptyState
              title="No project matches"
              action={<ButtonLink href={BASE}>Show every project</ButtonLink>}
            >
              Search looks for a part of the name, or for the whole id.
            </EmptyState>
          )}
        </Card>
      )}
    </div>
  );
}
