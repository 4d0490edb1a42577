import type { Metadata } from "next";
import { cache } from "react";
import { operationHref, tryHref } from "#components/reference/links.ts";
import { OperationHeader } from "#components/reference/operation-header.tsx";
import { OperationView } from "#components/reference/operation-view.tsx";
import { ReferenceNav } from "#components/reference/reference-nav.tsx";
import { languageOf } from "#components/reference/samples.ts";
import { Samples } from "#components/reference/samples-view.tsx";
import { referenceText as text } from "#components/reference/text.ts";
import { tryText } from "#components/try-it/text.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Section } from "#components/ui/card.tsx";
import { readOperation } from "#domain/catalog/reference/read.ts";
import { referenceOperationSchema } from "#domain/catalog/reference/schema.ts";
import { decodeSegment, type PageSearch, pageInput, searchOf } from "#server/page.ts";
import { isSignedIn, readForReader } from "#server/reader-page.ts";

interface OperationPageProps {
  params: Promise<{ slug: string; operation: string }>;
  searchParams: PageSearch;
}

async function operationOf(params: OperationPageProps["params"]) {
  const { slug, operation } = await params;
  return readNamed(slug, decodeSegment(operation));
}

/** Read once for a page and its metadata: an operation can have hundreds of schemas. */
const readNamed = cache((slug: string, operation: string) =>
  readForReader(readOperation, pageInput(referenceOperationSchema, { slug, operation })),
);

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
      <OperationHeader
        api={api}
        operation={operation}
        signedIn={signedIn}
        actions={
          signedIn ? (
            // A separate page, with a policy that lets it call the API: it must be loaded as a whole.
            <a href={tryHref(slug, operation.name)} className={buttonClass({ variant: "primary" })}>
              {tryText.open}
            </a>
          ) : null
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
