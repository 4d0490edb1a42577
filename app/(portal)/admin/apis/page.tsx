import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AccessBadge } from "#components/apis/access.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Api } from "#domain/catalog/apis/types.ts";
import { allApis } from "../all-apis.ts";

export const metadata: Metadata = { title: "APIs" };

/** The catalogue as its keepers see it. */
export default async function AdminApisPage() {
  const apis = await allApis();
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

function ApiTable({ apis }: { apis: Api[] }) {
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
              <FormattedNumber value={api.operations.length} />
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
