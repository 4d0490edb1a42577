import type { Metadata } from "next";
import { managementTokensText as text } from "#components/admin/management-tokens-text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { tokensText } from "#components/tokens/text.ts";
import { TokenAccess, TokenExpiry } from "#components/tokens/token-cells.tsx";
import { TokenTable } from "#components/tokens/token-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { listAllManagementTokens } from "#domain/access/management-tokens/all.ts";
import type { AdminManagementToken } from "#domain/access/management-tokens/schema.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { revokeAnyManagementToken } from "../actions.ts";

export const metadata: Metadata = { title: text.title };

const { columns, revoke } = tokensText;
const PATH = "/admin/management-tokens";
const WITHOUT_EXPIRY = `${PATH}?expires=never`;

/** The management tokens of all users and projects, or those without expiry. */
export default async function ManagementTokensPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const cursor = search.get("cursor") ?? undefined;
  const expires = search.get("expires") === "never" ? "never" : undefined;
  const [page, { now }] = await Promise.all([
    readForPage(listAllManagementTokens, { cursor, expires, limit: 50 }),
    pageCtx(),
  ]);
  const nowMs = now();
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={expires ? text.withoutExpiry : text.title}
        facts={expires ? text.withoutExpiryFacts : text.facts}
        actions={
          <Link href={expires ? PATH : WITHOUT_EXPIRY} className="text-accent underline">
            {expires ? text.showAll : text.showWithoutExpiry}
          </Link>
        }
      />
      <TokenTable
        label={text.title}
        tokens={page.items}
        headings={columns}
        pagination={{
          noun: tokensText.noun,
          base: expires ? WITHOUT_EXPIRY : PATH,
          cursor,
          nextCursor: page.nextCursor,
        }}
        empty={
          <EmptyState title={expires ? text.emptyWithoutExpiry : text.empty.title}>
            {text.empty.body}
          </EmptyState>
        }
        columns={[
          {
            label: text.owner,
            value: (token) => <OwnerLink token={token} />,
          },
          { label: columns.access, value: (token) => <TokenAccess {...token} /> },
          { label: columns.expires, value: (token) => <TokenExpiry token={token} nowMs={nowMs} /> },
        ]}
        actions={(token) => <RevokeButton token={token} />}
      />
    </div>
  );
}

function OwnerLink({ token: { user, project } }: { token: AdminManagementToken }) {
  const href = user ? `/admin/users/${user.id}` : `/projects/${project?.id}/tokens`;
  return (
    <Link href={href} className="rounded hover:underline">
      {user?.name ?? text.ofProject(project?.name ?? "")}
    </Link>
  );
}

function RevokeButton({ token: { id, name, user, project } }: { token: AdminManagementToken }) {
  const owner = user?.name ?? project?.name ?? "";
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={revoke.label}
      about={text.revokeAbout(name, owner)}
      title={text.revokeTitle(name, owner)}
      confirm={revoke.confirm}
      action={revokeAnyManagementToken.bind(null, { managementTokenId: id })}
    >
      <p>{revoke.effect}</p>
    </ConfirmButton>
  );
}
