import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AccessBadge } from "#components/apis/access.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { listApiSummaries } from "#domain/catalog/apis/list.ts";
import type { ApiSummary } from "#domain/catalog/apis/types.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";

export const metadata: Metadata = { title: "APIs" };

/** The catalogue as its keepers see it. */
export default async function AdminApisPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const { items: apis, nextCursor } = await readForPage(listApiSummaries, { cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="APIs"
        facts="The services whose callers need a key."
        actions={<AddApi />}
      />
      <Card flush>
        {apis.length > 0 ? (
          <ApiTable apis={apis} />
        ) : (
          <EmptyState title="The catalogue is empty" action={<AddApi />}>
            Put a service into it, from its OpenAPI document or by hand. Projects enable it, and their keys
            work there.
          </EmptyState>
        )}
      </Card>
      <Pagination
        noun="APIs"
        shown={null}
        firstHref={cursor === undefined ? null : "/admin/apis"}
        nextHref={nextPageHref("/admin/apis", nextCursor)}
      />
    </div>
  );
}

function AddApi() {
  return (
    <ButtonLink href="/admin/apis/new" variant="primary">
      <Plus aria-hidden />
      Add API
    </ButtonLink>
  );
}

function ApiTable({ apis }: { apis: ApiSummary[] }) {
  return (
    <Table aria-label="APIs">
      <Thead>
        <tr>
          <Th>API</Th>
          <Th>Access</Th>
          <Th numeric>Operations</Th>
          <Th>Address</Th>
          <Th>Changed</Th>
        </tr>
      </Thead>
      <tbody>
        {apis.map((api) => (
          <Tr key={api.slug} interactive>
            <Td>
              <Link
                href={`/admin/apis/${api.slug}`}
                className="focus-inset rounded font-medium after:absolute after:inset-0"
              >
                {api.name}
              </Link>
              <div className="font-mono text-sm text-muted">{api.slug}</div>
            </Td>
            <Td>
              <AccessBadge access={api.access} />
            </Td>
            <Td numeric>
              <FormattedNumber value={api.operationCount} />
            </Td>
            <Td className="font-mono text-sm text-muted">{api.baseUrl ?? "not said"}</Td>
            <Td className="text-muted">
              <RelativeTime at={api.updatedAt} className="relative whitespace-nowrap" />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
