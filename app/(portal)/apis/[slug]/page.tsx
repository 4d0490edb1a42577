import type { Metadata } from "next";
import { cache } from "react";
import { AccessBadge } from "#components/apis/access.tsx";
import { OperationTable } from "#components/apis/operation-table.tsx";
import { callSnippet, checkSnippet } from "#components/apis/snippets.ts";
import { apisText as text } from "#components/apis/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { getApiForPage } from "#domain/catalog/apis/list.ts";
import type { Api } from "#domain/catalog/apis/schema.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { readProjectAccess } from "./project-access.ts";
import { ProjectsCard } from "./projects-card.tsx";

/** An API can have up to 5,000 operations. */
const MAX_ROWS = 500;

interface ApiPageProps {
  params: Promise<{ slug: string }>;
}

const apiOf = cache((slug: string) => readForPage(getApiForPage, { slug, maxOperations: MAX_ROWS }));

export async function generateMetadata({ params }: ApiPageProps): Promise<Metadata> {
  return { title: (await apiOf((await params).slug)).name };
}

/** An API: its description, operations and an example request. */
export default async function ApiPage({ params }: ApiPageProps) {
  const { slug } = await params;
  const [api, access, { actor, settings }] = await Promise.all([
    apiOf(slug),
    readForPage(readProjectAccess, { slug }),
    pageCtx(),
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
          actor.kind === "user" && actor.siteRole === "admin" ? (
            <ButtonLink href={`/admin/apis/${api.slug}`}>{text.edit}</ButtonLink>
          ) : null
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid gap-8">
          <p className="max-w-prose whitespace-pre-line">{api.description || text.noDescription}</p>
          <Call api={api} checkUrl={settings.verifierUrl} />
          {count > 0 ? (
            <Section
              title={text.operationsTitle}
              description={
                api.operations.length < count ? text.firstOperations(api.operations.length, count) : undefined
              }
            >
              <Card flush>
                <OperationTable operations={api.operations} label={text.operationsTitle} />
              </Card>
            </Section>
          ) : null}
        </div>
        <ProjectsCard api={api} access={access} />
      </div>
    </div>
  );
}

function Call({ api, checkUrl }: { api: Api; checkUrl: string }) {
  const call = callSnippet(api);
  return (
    <Section
      title={call ? text.call.title : text.call.verifyTitle}
      description={call ? text.call.description : text.call.verifyDescription}
    >
      <CodeBlock title="curl" code={call ?? checkSnippet(api, checkUrl)} />
      <p className="text-sm text-muted">{api.allowKeyInUrl ? text.call.inUrl : text.call.inHeader}</p>
    </Section>
  );
}
