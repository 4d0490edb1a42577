import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { AccessBadge } from "#components/apis/access.tsx";
import { apisText } from "#components/apis/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { DataTable, NameCell, RowLink } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { CursorPaginationProps } from "#components/ui/pagination.tsx";
import { uiText } from "#components/ui/text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { listApiSummaries } from "#domain/catalog/apis/list.ts";
import type { ApiSummary } from "#domain/catalog/apis/schema.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";

const { admin: text } = apisText;

export const metadata: Metadata = { title: apisText.title };

/** All APIs, for administrators. */
export default async function AdminApisPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const { items, nextCursor } = await readForPage(listApiSummaries, { cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={apisText.title}
        facts={text.facts}
        actions={items.length > 0 ? <AddApi /> : null}
      />
      <ApiTable apis={items} pagination={{ noun: apisText.noun, base: "/admin/apis", cursor, nextCursor }} />
    </div>
  );
}

function AddApi() {
  return (
    <ButtonLink href="/admin/apis/new" variant="primary">
      <Plus aria-hidden />
      {apisText.add}
    </ButtonLink>
  );
}

interface ApiTableProps {
  apis: ApiSummary[];
  pagination: CursorPaginationProps;
}

function ApiTable({ apis, pagination }: ApiTableProps) {
  return (
    <DataTable
      label={apisText.title}
      rows={apis}
      rowKey={({ slug }) => slug}
      pagination={pagination}
      empty={
        <EmptyState title={apisText.empty.title} action={<AddApi />}>
          {text.empty}
        </EmptyState>
      }
      columns={[
        {
          label: text.columns.api,
          value: ({ slug, name }) => (
            <NameCell mono name={<RowLink href={`/admin/apis/${slug}`}>{name}</RowLink>} detail={slug} />
          ),
        },
        { label: text.columns.access, value: ({ access }) => <AccessBadge access={access} /> },
        {
          label: text.columns.operations,
          numeric: true,
          value: ({ operationCount }) => <FormattedNumber value={operationCount} />,
        },
        {
          label: text.columns.baseUrl,
          className: "font-mono text-sm text-muted wrap-anywhere",
          value: ({ baseUrl }) => baseUrl ?? text.noBaseUrl,
        },
        {
          label: text.columns.updated,
          className: "text-muted",
          value: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
        },
      ]}
    />
  );
}
