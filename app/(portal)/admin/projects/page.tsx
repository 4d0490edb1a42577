import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { cursorHref } from "#components/ui/cursor-href.ts";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { listProjects } from "#domain/projects/list.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { ProjectTable } from "./project-table.tsx";

export const metadata: Metadata = { title: "Projects" };

const BASE = "/admin/projects";

/** Every project of the site. */
export default async function AdminProjectsPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const page = await readForPage(listProjects, { all: true, cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Projects"
        facts="Every project of this site. Suspending one has all its keys refused within a second."
      />
      {page.items.length > 0 ? (
        <>
          <ProjectTable projects={page.items} />
          <Pagination
            noun="projects"
            shown={null}
            firstHref={cursor === undefined ? null : BASE}
            nextHref={cursorHref(BASE, page.nextCursor)}
          />
        </>
      ) : (
        <Card flush>
          <EmptyState title="No projects yet">
            Anybody who can sign in may make one. It appears here as soon as it exists.
          </EmptyState>
        </Card>
      )}
    </div>
  );
}
