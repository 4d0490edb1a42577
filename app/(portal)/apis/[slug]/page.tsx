import type { Metadata } from "next";
import { cache } from "react";
import { AccessBadge } from "#components/apis/access.tsx";
import { OperationTable } from "#components/apis/operation-table.tsx";
import { apisText as text } from "#components/apis/text.ts";
import { IntegrationCode } from "#components/integration/code.tsx";
import { integrationCode, stackOf } from "#components/integration/stacks.ts";
import { integrationText } from "#components/integration/text.ts";
import { operationHref, referenceHref } from "#components/reference/links.ts";
import { sampleCode } from "#components/reference/samples.ts";
import { referenceText } from "#components/reference/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { getApiForPage } from "#domain/catalog/apis/list.ts";
import type { Api } from "#domain/catalog/apis/schema.ts";
import { type FirstCall, readFirstCall } from "#domain/catalog/reference/first-call.ts";
import { listPlans } from "#domain/plans/list.ts";
import { readIntegrationFiles } from "#server/integration-files.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { readProjectAccess } from "./project-access.ts";
import { ProjectsCard } from "./projects-card.tsx";

/** An API can have up to 5,000 operations. */
const MAX_ROWS = 500;

interface ApiPageProps {
  params: Promise<{ slug: string }>;
  searchParams: PageSearch;
}

const apiOf = cache((slug: string) => readForPage(getApiForPage, { slug, maxOperations: MAX_ROWS }));

export async function generateMetadata({ params }: Pick<ApiPageProps, "params">): Promise<Metadata> {
  return { title: (await apiOf((await params).slug)).name };
}

/** An API: its description, operations and an example request. */
export default async function ApiPage({ params, searchParams }: ApiPageProps) {
  const { slug } = await params;
  const stack = stackOf((await searchOf(searchParams)).get("stack"));
  const [api, access, plans, call, { actor, settings }, files] = await Promise.all([
    apiOf(slug),
    readForPage(readProjectAccess, { slug }),
    readForPage(listPlans, { api: slug }),
    readForPage(readFirstCall, { slug }),
    pageCtx(),
    readIntegrationFiles(stack.paths),
  ]);
  const count = api.operationCount;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[{ label: text.title, href: "/apis" }]}
        title={api.name}
        badges={<AccessBadge access={api.access} />}
        facts={
          <FactLine
            items={[
              { key: "slug", value: <span className="font-mono">{api.slug}</span> },
              { key: "url", value: api.baseUrl ? <span className="font-mono">{api.baseUrl}</span> : null },
              { key: "operations", value: count > 0 ? text.operations(count) : null },
            ]}
          />
        }
        actions={
          <>
            {actor.kind === "user" && actor.siteRole === "admin" ? (
              <ButtonLink href={`/admin/apis/${api.slug}`}>{text.edit}</ButtonLink>
            ) : null}
            <ButtonLink href={referenceHref(api.slug)} variant="primary">
              {referenceText.title}
            </ButtonLink>
          </>
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid gap-8">
          <p className="max-w-prose whitespace-pre-line">{api.description || text.noDescription}</p>
          <Call call={call} allowKeyInUrl={api.allowKeyInUrl} />
          {count > 0 ? (
            <Section
              title={text.operationsTitle}
              description={
                api.operations.length < count ? text.firstOperations(api.operations.length, count) : undefined
              }
            >
              <Card flush>
                <OperationTable
                  operations={api.operations}
                  label={text.operationsTitle}
                  hrefOf={({ name, method, path }) => (method && path ? operationHref(api.slug, name) : null)}
                />
              </Card>
            </Section>
          ) : null}
          {api.scopes.length > 0 ? <Scopes api={api} /> : null}
          <Section title={integrationText.title} description={integrationText.description}>
            <IntegrationCode
              stack={stack}
              base={`/apis/${api.slug}`}
              code={integrationCode(stack, files, {
                verifierUrl: settings.verifierUrl,
                api: api.slug,
                token: integrationText.tokenPlaceholder,
                keyPrefix: settings.keyPrefix,
              })}
            />
          </Section>
        </div>
        <ProjectsCard
          api={api}
          access={access}
          hasPlans={plans.items.some(({ visibility, archivedAt }) => visibility === "public" && !archivedAt)}
        />
      </div>
    </div>
  );
}

function Scopes({ api: { scopes } }: { api: Api }) {
  return (
    <Section title={text.scopes.title} description={text.scopes.description}>
      <Card flush>
        <DataTable
          bare
          dense
          label={text.scopes.label}
          rows={scopes}
          rowKey={({ name }) => name}
          columns={[
            {
              label: text.scopes.name,
              className: "font-mono text-sm wrap-anywhere",
              value: ({ name }) => name,
            },
            {
              label: text.scopes.meaning,
              className: "text-sm text-muted",
              value: ({ description }) => description,
            },
          ]}
        />
      </Card>
    </Section>
  );
}

function Call({ call, allowKeyInUrl }: { call: FirstCall | null; allowKeyInUrl: boolean }) {
  if (call === null) return null;
  return (
    <Section title={text.call.title} description={text.call.description}>
      <CodeBlock title="curl" code={sampleCode(call.sample, "curl")} />
      <p className="text-sm text-muted">{allowKeyInUrl ? text.call.inUrl : text.call.inHeader}</p>
    </Section>
  );
}
