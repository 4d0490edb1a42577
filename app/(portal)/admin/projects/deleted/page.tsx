import type { Metadata } from "next";
import { deletedProjectsText as text } from "#components/admin/deleted-projects-text.ts";
import { adminText } from "#components/admin/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DataTable, NameCell, RowLink } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchForm } from "#components/ui/search-form.tsx";
import { uiText } from "#components/ui/text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listDeletedProjects } from "#domain/projects/list-deleted.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";

const BASE = "/admin/projects/deleted";

export const metadata: Metadata = { title: text.title };

/** The deleted projects of the site. Each opens the statement of the month in which it was deleted. */
export default async function DeletedProjectsPage({ searchParams }: { searchParams: PageSearch }) {
  const { search, cursor } = SEARCHED_LIST.read(await searchOf(searchParams));
  const { items, nextCursor } = await readForPage(listDeletedProjects, { search, cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: adminText.projects.title, href: "/admin/projects" },
        ]}
        title={text.title}
        facts={text.facts}
      />
      <SearchForm action={BASE} search={search} by={adminText.projects.searchBy} />
      {items.length > 0 ? (
        <DataTable
          label={text.title}
          rows={items}
          rowKey={({ id }) => id}
          pagination={{
            noun: adminText.projects.noun,
            base: SEARCHED_LIST.href(BASE, { search }),
            cursor,
            nextCursor,
          }}
          columns={[
            {
              label: text.columns.project,
              className: "sm:w-full",
              value: ({ id, name, deletedAt }) => (
                <NameCell
                  mono
                  name={<RowLink href={`${BASE}/${id}?month=${deletedAt.slice(0, 7)}`}>{name}</RowLink>}
                  detail={id}
                />
              ),
            },
            {
              label: text.columns.created,
              className: "text-muted",
              value: ({ createdAt }) => <RelativeTime at={createdAt} />,
            },
            {
              label: text.columns.deleted,
              className: "text-muted",
              value: ({ deletedAt }) => <RelativeTime at={deletedAt} />,
            },
          ]}
        />
      ) : (
        <Card flush>
          {search === undefined ? (
            <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
          ) : (
            <EmptyState
              title={adminText.projects.noMatch.title}
              action={<ButtonLink href={BASE}>{text.showAll}</ButtonLink>}
            >
              {adminText.projects.noMatch.body}
            </EmptyState>
          )}
        </Card>
      )}
    </div>
  );
}
