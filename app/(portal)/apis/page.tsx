import { Plus, Search } from "lucide-react";
import type { Metadata } from "next";
import { AccessBadge } from "#components/apis/access.tsx";
import { apisText as text } from "#components/apis/text.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { CursorPagination } from "#components/ui/pagination.tsx";
import { QueryForm } from "#components/ui/query-form.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { uiText } from "#components/ui/text.ts";
import { SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listApiSummaries } from "#domain/catalog/apis/list.ts";
import type { ApiSummary } from "#domain/catalog/apis/schema.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";

export const metadata: Metadata = { title: text.title };

const BASE = "/apis";

/** All APIs. */
export default async function ApisPage({ searchParams }: { searchParams: PageSearch }) {
  const { search, cursor } = SEARCHED_LIST.read(await searchOf(searchParams));
  const [{ items, nextCursor }, { actor }] = await Promise.all([
    readForPage(listApiSummaries, { search, cursor, limit: 50 }),
    pageCtx(),
  ]);
  const admin = actor.kind === "user" && actor.siteRole === "admin";
  const base = SEARCHED_LIST.href(BASE, { search });
  const empty = items.length === 0 && search === undefined;
  return (
    <div className="grid gap-6">
      <PageHeader title={text.title} facts={text.facts} actions={admin && !empty ? <AddApi /> : null} />
      {empty ? (
        <Card flush>
          <EmptyState title={text.empty.title} action={admin ? <AddApi primary /> : null}>
            {admin ? text.empty.admin : text.empty.other}
          </EmptyState>
        </Card>
      ) : (
        <QueryForm action={BASE} role="search" className="flex max-w-md gap-2">
          <SearchInput
            name="search"
            defaultValue={search ?? ""}
            aria-label={text.search}
            placeholder={text.searchPlaceholder}
          />
          <Button type="submit">
            <Search aria-hidden />
            {uiText.search}
          </Button>
        </QueryForm>
      )}
      {items.length > 0 ? (
        <>
          <ul className="grid gap-3 md:grid-cols-2">
            {items.map((api) => (
              <ApiCard key={api.slug} api={api} />
            ))}
          </ul>
          <CursorPagination noun={text.noun} base={base} cursor={cursor} nextCursor={nextCursor} />
        </>
      ) : empty ? null : (
        <Card flush>
          <EmptyState
            title={text.noMatch.title}
            action={<ButtonLink href={BASE}>{text.noMatch.action}</ButtonLink>}
          >
            {text.noMatch.body}
          </EmptyState>
        </Card>
      )}
    </div>
  );
}

function AddApi({ primary }: { primary?: boolean }) {
  return (
    <ButtonLink href="/admin/apis/new" variant={primary ? "primary" : "secondary"}>
      <Plus aria-hidden />
      {text.add}
    </ButtonLink>
  );
}

function ApiCard({ api }: { api: ApiSummary }) {
  const count = api.operationCount;
  return (
    <li className="relative grid content-between gap-4 rounded border border-border bg-surface p-5 transition-colors hover:border-edge has-[a:focus-visible]:border-edge">
      <div className="grid gap-1.5">
        <div className="flex items-start justify-between gap-3">
          <h2 className="min-w-0 text-lg font-semibold">
            <Link href={`/apis/${api.slug}`} className="row-link rounded">
              {api.name}
            </Link>
          </h2>
          <AccessBadge access={api.access} />
        </div>
        <p className="line-clamp-3 text-muted">{api.description || text.noDescription}</p>
      </div>
      <p className="flex gap-2 text-sm text-muted">
        <span className="font-mono">{api.slug}</span>
        <span aria-hidden>·</span>
        <span>{count === 0 ? text.noOperations : text.operations(count)}</span>
      </p>
    </li>
  );
}
