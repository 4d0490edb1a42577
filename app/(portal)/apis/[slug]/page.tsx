import type { Metadata } from "next";
import { cache } from "react";
import { AccessBadge } from "#components/apis/access.tsx";
import { OperationTable } from "#components/apis/operation-table.tsx";
import { callSnippet, checkSnippet } from "#components/apis/snippets.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { getApiForPage } from "#domain/catalog/apis/get.ts";
import type { Api } from "#domain/catalog/apis/types.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { readStandings } from "./standing.ts";
import { StandingCard } from "./standing-card.tsx";

/** Of up to 5,000 operations. */
const MAX_ROWS = 500;

interface ApiPageProps {
  params: Promise<{ slug: string }>;
}

const apiOf = cache((slug: string) => readForPage(getApiForPage, { slug, maxOperations: MAX_ROWS }));

export async function generateMetadata({ params }: ApiPageProps): Promise<Metadata> {
  return { title: (await apiOf((await params).slug)).name };
}

/** One API of the catalogue: what it is, what it can do, how it is called. */
export default async function ApiPage({ params }: ApiPageProps) {
  const { slug } = await params;
  const [api, standings, { actor, settings }] = await Promise.all([
    apiOf(slug),
    readForPage(readStandings, { slug }),
    pageCtx(),
  ]);
  const count = api.operationCount;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[{ label: "Catalogue", href: "/apis" }]}
        title={api.name}
        badges={<AccessBadge access={api.access} />}
        facts={
          <FactLine
            items={[
              { key: "slug", value: <span className="font-mono">{api.slug}</span> },
              { key: "url", value: api.baseUrl ? <span className="font-mono">{api.baseUrl}</span> : null },
              { key: "operations", value: count > 0 ? `${count} operation${count === 1 ? "" : "s"}` : null },
            ]}
          />
        }
        actions={
          actor.kind === "user" && actor.siteRole === "admin" ? (
            <ButtonLink href={`/admin/apis/${api.slug}`}>Edit API</ButtonLink>
          ) : null
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid gap-8">
          <p className="max-w-prose whitespace-pre-line">
            {api.description || "Nobody has described it yet."}
          </p>
          <Call api={api} checkUrl={settings.verifierUrl} />
          {count > 0 ? (
            <Section
              title="Operations"
              description={
                api.operations.length < count
                  ? `The first ${api.operations.length} of ${count.toLocaleString("en")} are shown.`
                  : undefined
              }
            >
              <Card flush>
                <OperationTable operations={api.operations} label="Operations" />
              </Card>
            </Section>
          ) : null}
        </div>
        <StandingCard api={api} standings={standings} />
      </div>
    </div>
  );
}

function Call({ api, checkUrl }: { api: Api; checkUrl: string }) {
  const call = callSnippet(api);
  return (
    <Section
      title={call ? "Call it" : "How the service checks a key"}
      description={
        call
          ? "With the secret of a key in the variable API_KEY. The key's project must have this API enabled."
          : "Nobody said where this API answers. Its service asks Latchkey about the key of each caller, like this."
      }
    >
      <CodeBlock title="curl" code={call ?? checkSnippet(api, checkUrl)} />
      <p className="text-sm text-muted">
        {api.allowKeyInUrl
          ? "Gateways also take the key as the query parameter key. Prefer the header: URLs end up in logs."
          : "Send the key in the header, never in the URL: URLs end up in logs and histories."}
      </p>
    </Section>
  );
}
