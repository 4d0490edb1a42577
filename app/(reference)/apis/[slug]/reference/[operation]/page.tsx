import type { Metadata } from "next";
import { operationHref, referenceHref } from "#components/reference/links.ts";
import { Method } from "#components/reference/method.tsx";
import { OperationView } from "#components/reference/operation-view.tsx";
import { ReferenceNav } from "#components/reference/reference-nav.tsx";
import { languageOf } from "#components/reference/samples.ts";
import { Samples } from "#components/reference/samples-view.tsx";
import { referenceText as text } from "#components/reference/text.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/card.tsx";
import { CopyText } from "#components/ui/copy.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { readOperation } from "#domain/catalog/reference/read.ts";
import { referenceOperationSchema } from "#domain/catalog/reference/schema.ts";
import { type PageSearch, pageInput, searchOf } from "#server/page.ts";
import { isSignedIn, readForReader } from "#server/reader-page.ts";

interface OperationPageProps {
  params: Promise<{ slug: string; operation: string }>;
  searchParams: PageSearch;
}

async function operationOf(params: OperationPageProps["params"]) {
  const { slug, operation } = await params;
  const input = pageInput(referenceOperationSchema, { slug, operation: decoded(operation) });
  return readForReader(readOperation, input);
}

/** Next passes the segment as it is in the URL. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export async function generateMetadata({ params }: Pick<OperationPageProps, "params">): Promise<Metadata> {
  const { operation, api } = await operationOf(params);
  return { title: `${operation.summary || operation.name} · ${api.name}` };
}

/** One operation: what it takes, what it answers, and an example request. */
export default async function OperationPage({ params, searchParams }: OperationPageProps) {
  const [{ api, operation }, signedIn, query] = await Promise.all([
    operationOf(params),
    isSignedIn(),
    searchOf(searchParams),
  ]);
  const language = languageOf(query.get("lang"));
  const [group] = api.groups;
  const { slug } = api;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          ...(signedIn
            ? [
                { label: text.apis, href: "/apis" },
                { label: api.name, href: `/apis/${slug}` },
              ]
            : []),
          { label: signedIn ? text.title : api.name, href: referenceHref(slug) },
        ]}
        title={operation.summary || operation.name}
        badges={operation.deprecated ? <Badge tone="attention">{text.deprecated}</Badge> : null}
        facts={
          <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <Method method={operation.method} />
            <span className="font-mono text-sm text-ink wrap-anywhere">{operation.path}</span>
            <CopyText text={operation.name} label={text.copyName} />
          </span>
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[12rem_minmax(0,1fr)] 2xl:grid-cols-[12rem_minmax(0,1fr)_24rem]">
        <ReferenceNav
          slug={slug}
          guides={api.guides}
          hasChangelog={api.hasChangelog}
          current={operationHref(slug, operation.name)}
          beside={{
            title: group?.title || text.operations,
            operations: group?.operations ?? [],
            language,
          }}
        />
        <OperationView operation={operation} />
        <Section title={text.samples} className="min-w-0 lg:col-start-2 2xl:sticky 2xl:top-6 2xl:col-start-3">
          <Samples slug={slug} operation={operation} language={language} />
        </Section>
      </div>
    </div>
  );
}
