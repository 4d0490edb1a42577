import type { Metadata } from "next";
import { NewProjectToken } from "#components/project-tokens/new-project-token.tsx";
import { projectTokensText as text } from "#components/project-tokens/text.ts";
import { managementExpiry } from "#components/tokens/expiry-choice.ts";
import { ManagementTokenActions } from "#components/tokens/management-token-actions.tsx";
import { tokensText } from "#components/tokens/text.ts";
import { TokenAccess, TokenExpiry } from "#components/tokens/token-cells.tsx";
import { TokenTable } from "#components/tokens/token-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PROJECT_TOKEN_SCOPES } from "#core/scopes.ts";
import { listProjectTokens } from "#domain/access/management-tokens/list.ts";
import { getPolicies } from "#domain/access/policies/read.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { projectOf } from "../project.ts";
import {
  createProjectToken,
  endProjectTokenOverlap,
  revokeProjectToken,
  rotateProjectToken,
} from "./actions.ts";

export const metadata: Metadata = { title: text.title };

const { columns } = tokensText;

interface TokensPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

/** The management tokens of a project: its developers see them, its owners manage them. */
export default async function ProjectTokensPage({ params, searchParams }: TokensPageProps) {
  const { projectId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [project, page, policies, { settings, now }] = await Promise.all([
    projectOf(projectId),
    readForPage(listProjectTokens, { projectId, cursor, limit: 50 }),
    readForPage(getPolicies, {}),
    pageCtx(),
  ]);
  const { maxDays } = policies.managementTokens;
  const isOwner = project.role === "owner";
  const nowMs = now();
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
        actions={isOwner ? <NewLink>{text.new}</NewLink> : null}
      />
      <TokenTable
        label={text.title}
        tokens={page.items}
        headings={columns}
        pagination={{
          noun: tokensText.noun,
          base: `/projects/${projectId}/tokens`,
          cursor,
          nextCursor: page.nextCursor,
        }}
        empty={
          <EmptyState title={text.empty.title}>
            {isOwner ? text.empty.body : text.empty.forDevelopers}
          </EmptyState>
        }
        columns={[
          { label: text.role, value: ({ role }) => text.form.roles[role].name },
          {
            label: columns.access,
            value: (token) => (
              <TokenAccess {...token} full={{ scopes: PROJECT_TOKEN_SCOPES[token.role], label: text.full }} />
            ),
          },
          { label: columns.expires, value: (token) => <TokenExpiry token={token} nowMs={nowMs} /> },
          {
            label: text.createdBy,
            from: "xl",
            className: "text-muted",
            value: (token) => token.createdBy.name,
          },
        ]}
        actions={(token) => {
          if (!isOwner) return null;
          const ref = { projectId, managementTokenId: token.id };
          return (
            <ManagementTokenActions
              token={token}
              form="project-token-rotation"
              noun={text.noun}
              expiry={managementExpiry(maxDays)}
              endOverlap={endProjectTokenOverlap.bind(null, ref)}
              rotate={rotateProjectToken.bind(null, ref)}
              revoke={revokeProjectToken.bind(null, ref)}
            />
          );
        }}
      />
      <NewProjectToken
        projectId={projectId}
        portalUrl={settings.url}
        maxDays={maxDays}
        create={createProjectToken}
      />
    </div>
  );
}
