import { Search } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { Markdown } from "#components/markdown/markdown.tsx";
import { referenceHref } from "#components/reference/links.ts";
import { OperationList } from "#components/reference/operation-list.tsx";
import { ReferenceHeader } from "#components/reference/reference-header.tsx";
import { ReferenceNav } from "#components/reference/reference-nav.tsx";
import { SecurityView } from "#components/reference/security-view.tsx";
import { referenceText as text } from "#components/reference/text.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { QueryForm } from "#components/ui/query-form.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { uiText } from "#components/ui/text.ts";
import { readReference } from "#domain/catalog/reference/read.ts";
import { referenceSchema } from "#domain/catalog/reference/schema.ts";
import { type PageSearch, pageInput, searchOf } from "#server/page.ts";
import { isSignedIn, readForReader } from "#server/reader-page.ts";

interface ReferencePageProps {
  params: Promise<{ slug: string }>;
  searchParams: PageSearch;
}

/** Read once for a page and its metadata: a document can have thousands of operations. */
const referenceOf = cache((slug: string, search: string, tag: string | undefined) =>
  readForReader(readReference, { slug, search, ...(tag !== undefined && { tag }) }),
);

async function read({ params, searchParams }: ReferencePageProps) {
  const [given, query] = [await params, await searchOf(searchParams)];
  const { slug, search, tag } = pageInput(referenceSchema, {
    slug: given.slug,
    search: query.get("q") ?? "",
    ...(query.has("tag") && { tag: query.get("tag") }),
  });
  return { slug, search, tag, reference: await referenceOf(slug, search, tag) };
}

export async function generateMetadata(props: ReferencePageProps): Promise<Metadata> {
  const { reference } = await read(props);
  return { title: `${reference.name} · ${text.title}` };
}

/** The reference of an API: its introduction, servers, authentication, and its operations by tag. */
export default async function ReferencePage(props: ReferencePageProps) {
  const [{ slug, search, tag, reference }, signedIn] = await Promise.all([read(props), isSignedIn()]);
  const filtered = search !== "" || tag !== undefined;
  return (
    <div className="grid gap-8">
      <ReferenceHeader reference={reference} signedIn={signedIn} />
      <div className="grid items-start gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <ReferenceNav
          slug={slug}
          guides={reference.guides}
          hasChangelog={reference.hasChangelog}
          current={referenceHref(slug)}
        />
        <div className="grid min-w-0 gap-8">
          {filtered ? null : <Introduction reference={reference} />}
          <div className="grid gap-4">
            <QueryForm action={referenceHref(slug)} role="search" className="flex max-w-md gap-2">
              <SearchInput
                name="q"
                defaultValue={search}
                aria-label={text.search}
                placeholder={text.searchPlaceholder}
              />
              <Button type="submit">
                <Search aria-hidden />
                {uiText.search}
              </Button>
            </QueryForm>
            <p className="flex flex-wrap gap-x-3 text-sm text-muted">
              <span>{text.found(reference.count, reference.total)}</span>
              {filtered ? (
                <Link href={referenceHref(slug)} className="rounded text-accent underline underline-offset-2">
                  {text.clear}
                </Link>
              ) : null}
            </p>
          </div>
          {reference.count === 0 ? (
            <Card flush>
              <EmptyState title={filtered ? text.none.title : text.empty.title}>
                {filtered ? text.none.body : text.empty.body}
              </EmptyState>
            </Card>
          ) : (
            <OperationList reference={reference} search={search || undefined} />
          )}
        </div>
      </div>
    </div>
  );
}

function Introduction({
  reference: { description, servers, security },
}: {
  reference: Awaited<ReturnType<typeof readReference>>;
}) {
  return (
    <>
      {description === "" ? null : <Markdown text={description} className="max-w-prose" />}
      {servers.length > 0 ? (
        <Section title={text.servers}>
          <ul className="grid gap-1">
            {servers.map((server) => (
              <li key={server.url} className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-mono text-sm wrap-anywhere">{server.url}</span>
                <span className="text-sm text-muted">{server.description}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {security.alternatives.length > 0 ? (
        <Section title={text.authentication}>
          <SecurityView security={security} location={{ in: "header", name: "X-Api-Key", prefix: "" }} />
        </Section>
      ) : null}
    </>
  );
}
