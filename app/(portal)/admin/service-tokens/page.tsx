import type { Metadata } from "next";
import { NewServiceToken } from "#components/admin/new-token.tsx";
import { ServiceTokenApi } from "#components/admin/service-token-api.tsx";
import { serviceTokensText as text } from "#components/admin/service-tokens-text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { SERVICE_ROTATION } from "#components/tokens/expiry-choice.ts";
import { TokenStatus } from "#components/tokens/token-cells.tsx";
import { TokenActions, TokenTable } from "#components/tokens/token-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { CursorPaginationProps } from "#components/ui/pagination.tsx";
import { uiText } from "#components/ui/text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { listServiceTokens } from "#domain/access/service-tokens/list.ts";
import type { ServiceToken } from "#domain/access/service-tokens/schema.ts";
import { listApiNames } from "#domain/catalog/apis/list.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import {
  createServiceToken,
  endServiceTokenOverlap,
  revokeServiceToken,
  rotateServiceToken,
  updateServiceToken,
} from "../actions.ts";

export const metadata: Metadata = { title: text.title };

/** The tokens with which services and gateways verify keys. */
export default async function ServiceTokensPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [page, apis, { settings, now }] = await Promise.all([
    readForPage(listServiceTokens, { cursor, limit: 50 }),
    readForPage(listApiNames, {}),
    pageCtx(),
  ]);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={text.facts}
        actions={page.items.length > 0 ? <NewLink>{text.new}</NewLink> : null}
      />
      <ServiceTokenTable
        tokens={page.items}
        apiNames={new Map(apis.map(({ slug, name }) => [slug, name]))}
        nowMs={now()}
        pagination={{ noun: text.noun, base: "/admin/service-tokens", cursor, nextCursor: page.nextCursor }}
      />
      <NewServiceToken
        apis={apis}
        verifierUrl={settings.verifierUrl}
        keyPrefix={settings.keyPrefix}
        create={createServiceToken}
      />
    </div>
  );
}

interface ServiceTokenTableProps {
  tokens: ServiceToken[];
  /** By slug. */
  apiNames: ReadonlyMap<string, string>;
  nowMs: number;
  pagination: CursorPaginationProps;
}

function ServiceTokenTable({ tokens, apiNames, nowMs, pagination }: ServiceTokenTableProps) {
  return (
    <TokenTable
      label={text.title}
      tokens={tokens}
      headings={text.columns}
      pagination={pagination}
      empty={
        <EmptyState title={text.empty.title} action={<NewLink>{text.new}</NewLink>}>
          {text.empty.body}
        </EmptyState>
      }
      columns={[
        {
          label: text.columns.api,
          className: "min-w-32 wrap-anywhere",
          value: (token) => <ServiceTokenApi token={token} apiNames={apiNames} />,
        },
        {
          label: text.columns.trustedProxies,
          className: "font-mono text-sm text-muted",
          value: ({ trustedProxies }) => trustedProxies.join(", ") || text.noProxies,
        },
        { label: text.columns.status, value: (token) => <TokenStatus token={token} nowMs={nowMs} /> },
        {
          label: text.columns.created,
          className: "text-muted",
          value: ({ createdAt, createdBy }) => (
            <span>
              <RelativeTime at={createdAt} />
              {text.createdBy(createdBy.name)}
            </span>
          ),
        },
      ]}
      actions={(token) =>
        token.revokedAt ? null : (
          <TokenActions
            token={token}
            form="service-token-rotation"
            noun={text.secretNoun}
            expiry={SERVICE_ROTATION}
            variable="LATCHKEY_TOKEN"
            rotate={rotateServiceToken.bind(null, token.id)}
            endOverlap={endServiceTokenOverlap.bind(null, { serviceTokenId: token.id })}
          >
            <LocalVerificationButton token={token} />
            <RevokeButton token={token} apiNames={apiNames} />
          </TokenActions>
        )
      }
    />
  );
}

function LocalVerificationButton({ token }: { token: ServiceToken }) {
  const words = text.localVerification;
  const { localVerification: isAllowed, id, name } = token;
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={isAllowed ? words.forbid : words.allow}
      about={isAllowed ? words.forbidAbout(name) : words.allowAbout(name)}
      title={isAllowed ? words.forbidTitle(name) : words.allowTitle(name)}
      confirm={isAllowed ? words.forbidConfirm : words.allowConfirm}
      action={updateServiceToken.bind(null, { serviceTokenId: id, localVerification: !isAllowed })}
    >
      <p>{isAllowed ? words.forbidEffect : words.allowEffect}</p>
    </ConfirmButton>
  );
}

function RevokeButton({
  token,
  apiNames,
}: Pick<ServiceTokenTableProps, "apiNames"> & { token: ServiceToken }) {
  const { api } = token;
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.revoke.label}
      about={text.revoke.about(token.name)}
      title={text.revoke.title(token.name)}
      confirm={text.revoke.confirm}
      action={revokeServiceToken.bind(null, { serviceTokenId: token.id })}
    >
      <p>{text.revoke.effect(api && (apiNames.get(api) ?? api))}</p>
    </ConfirmButton>
  );
}
