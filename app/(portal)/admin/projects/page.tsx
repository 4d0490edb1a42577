import type { Metadata } from "next";
import { deletedProjectsText } from "#components/admin/deleted-projects-text.ts";
import { adminText } from "#components/admin/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchForm } from "#components/ui/search-form.tsx";
import { uiText } from "#components/ui/text.ts";
import { SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listProjects } from "#domain/projects/list.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { ProjectTable } from "./project-table.tsx";

const text = adminText.projects;
const BASE = "/admin/projects";

export const metadata: Metadata = { title: text.title };

/** All projects of the site. */
export default async function AdminProjectsPage({ searchParams }: { searchParams: PageSearch }) {
  const { search, cursor } = SEARCHED_LIST.read(await searchOf(searchParams));
  const page = await readForPage(listProjects, { all: true, search, cursor, limit: 50 });
  const base = SEARCHED_LIST.href(BASE, { search });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={text.facts}
        actions={<ButtonLink href={`${BASE}/deleted`}>{deletedProjectsText.title}</ButtonLink>}
      />
      <SearchForm action={BASE} search={search} by={text.searchBy} />
      {page.items.length > 0 ? (
        <ProjectTable
          projects={page.items}
          pagination={{ noun: text.noun, base, cursor, nextCursor: page.nextCursor }}
        />
      ) : (
        <Card flush>
          {search === undefined ? (
            <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
          ) : (
            <EmptyState
              title={text.noMatch.title}
              action={<ButtonLink href={BASE}>{text.noMatch.action}</ButtonLink>}
            >
              {text.noMatch.body}
            </EmptyState>
          )}
        </Card>
      )}
    </div>
  );
}
