import type { Metadata } from "next";
import Link from "next/link";
import { NewToken } from "#components/admin/new-token.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { listServiceTokens } from "#domain/access/service-tokens/list.ts";
import type { ServiceToken } from "#domain/access/service-tokens/types.ts";
import { listApiNames } from "#domain/catalog/apis/list.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { createServiceToken, revokeServiceToken } from "./actions.ts";

export const metadata: Metadata = { title: "Service tokens" };

/** With what services and gateways ask about keys. */
export default async function ServiceTokensPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [page, apis, { settings }] = await Promise.all([
    readForPage(listServiceTokens, { cursor, limit: 50 }),
    readForPage(listApiNames, {}),
    pageCtx(),
  ]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Service tokens"
        facts="With one of these a service or a gateway asks whether a caller's key is valid."
        actions={<NewLink>New service token</NewLink>}
      />
      {page.items.length > 0 ? (
        <>
          <TokenTable tokens={page.items} />
          <Pagination
            noun="tokens"
            shown={null}
            firstHref={cursor === undefined ? null : "/admin/service-tokens"}
            nextHref={nextPageHref("/admin/service-tokens", page.nextCursor)}
          />
        </>
      ) : (
        <Card flush>
          <EmptyState title="No service tokens yet" action={<NewLink>New service token</NewLink>}>
            Keys say who calls. Before a service answers a caller, it asks Latchkey about their key, and
            proves with its own token that it may ask. Give each service one.
          </EmptyState>
        </Card>
      )}
      <NewToken apis={apis} checkUrl={settings.verifierUrl} create={createServiceToken} />
    </div>
  );
}

function TokenTable({ tokens }: { tokens: ServiceToken[] }) {
  return (
    <Card flush>
      <Table aria-label="Service tokens">
        <Thead>
          <tr>
            <Th>Name</Th>
            <Th>May ask about</Th>
            <Th>Trusted proxies</Th>
            <Th>Status</Th>
            <Th>Made</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <tbody>
          {tokens.map((token) => (
            <Tr key={token.id}>
              <Td>
                <div className="font-medium">{token.name}</div>
                <div className="font-mono text-sm whitespace-nowrap text-muted">{token.hint}</div>
              </Td>
              <Td className="whitespace-nowrap">
                {token.api ? (
                  <Link href={`/apis/${token.api}`} className="rounded hover:underline">
                    {token.api}
                  </Link>
                ) : (
                  "Every API"
                )}
              </Td>
              <Td className="font-mono text-sm text-muted">{token.trustedProxies.join(", ") || "none"}</Td>
              <Td>
                {token.revokedAt ? (
                  <StatusDot tone="inert" near={<RelativeTime at={token.revokedAt} />}>
                    Revoked
                  </StatusDot>
                ) : (
                  <StatusDot tone="good">Active</StatusDot>
                )}
              </Td>
              <Td className="text-muted">
                <RelativeTime at={token.createdAt} /> by {token.createdBy.name}
              </Td>
              <Td className="text-right">{token.revokedAt ? null : <Revoke token={token} />}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Revoke({ token }: { token: ServiceToken }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label="Revoke…"
      about={`Revoke ${token.name}…`}
      title={`Revoke ${token.name}?`}
      confirm="Revoke token"
      action={revokeServiceToken.bind(null, { serviceTokenId: token.id })}
    >
      <p>
        Within a second, whoever asks with it gets 401 and no verdict
        {token.api ? `, so ${token.api} can't let any caller through until it has another token.` : "."} This
        can't be undone.
      </p>
    </ConfirmButton>
  );
}
