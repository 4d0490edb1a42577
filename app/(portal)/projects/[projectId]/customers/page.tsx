import type { Metadata } from "next";
import { customersText as text } from "#components/customers/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { DataTable, RowLink } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { listCustomers } from "#domain/keys/customers/list.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { CustomerPage } from "./customer.tsx";

interface CustomersPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

export async function generateMetadata({ searchParams }: CustomersPageProps): Promise<Metadata> {
  return { title: (await searchOf(searchParams)).get("id") || text.title };
}

/** The customers of a project, or with `?id=` one of them. The ID is no part of the path: it may be any text. */
export default async function CustomersPage({ params, searchParams }: CustomersPageProps) {
  const { projectId } = await params;
  const [project, search] = await Promise.all([projectOf(projectId), searchOf(searchParams)]);
  const id = search.get("id")?.trim();
  if (id) return <CustomerPage project={project} externalId={id} />;
  const cursor = search.get("cursor") ?? undefined;
  const { items, nextCursor } = await readForPage(listCustomers, { projectId, cursor, limit: 50 });
  const base = `/projects/${projectId}/customers`;
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
      />
      <DataTable
        label={text.title}
        rows={items}
        rowKey={({ externalId }) => externalId}
        empty={
          <EmptyState
            title={text.empty.title}
            action={<ButtonLink href={`/projects/${projectId}/keys`}>{text.empty.action}</ButtonLink>}
          >
            {text.empty.body}
          </EmptyState>
        }
        pagination={{ noun: text.noun, base, cursor, nextCursor }}
        columns={[
          {
            label: text.columns.externalId,
            className: "max-w-96 wrap-anywhere",
            value: ({ externalId }) => (
              <RowLink href={`${base}?id=${encodeURIComponent(externalId)}`}>{externalId}</RowLink>
            ),
          },
          { label: text.columns.keys, numeric: true, value: ({ keys }) => <FormattedNumber value={keys} /> },
          {
            label: text.columns.active,
            numeric: true,
            value: ({ active }) => <FormattedNumber value={active} />,
          },
          {
            label: text.columns.lastUsed,
            value: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : text.never),
          },
        ]}
      />
    </div>
  );
}
