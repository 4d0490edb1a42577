import { Plus, Search } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import Link from "next/link";
import { AccessBadge } from "#components/apis/access.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { nextPageHref, SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listApiSummaries } from "#domain/catalog/apis/list.ts";
import type { ApiSummary } from "#domain/catalog/apis/types.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";

export const metadata: Metadata = { title: "Catalogue" };

const BASE = "/apis";

/** Every service whose callers need a key. */
export default async function CataloguePage({ searchParams }: { searchParams: PageSearch }) {
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
      <PageHeader
        title="Catalogue"
        facts="The services whose callers need a key. A project enables what it needs."
        actions={admin && !empty ? <AddApi /> : null}
      />
      {empty ? (
        <Card flush>
          <EmptyState title="The catalogue is empty" action={admin ? <AddApi primary /> : null}>
            {admin
              ? "Put the services of your organisation into it, from their OpenAPI documents or by hand."
              : "An administrator puts the services of your organisation into it."}
          </EmptyState>
        </Card>
      ) : (
        <Form action={BASE} role="search" className="flex max-w-md gap-2">
          <Input
            name="search"
            type="search"
            defaultValue={search ?? ""}
            aria-label="Search the catalogue"
            placeholder="Name, or what it does"
          />
          <Button type="submit">
            <Search aria-hidden />
            Search
          </Button>
        </Form>
      )}
      {items.length > 0 ? (
        <>
          <ul className="grid gap-3 md:grid-cols-2">
            {items.map((api) => (
              <ApiCard key={api.slug} api={api} />
            ))}
          </ul>
          <Pagination
            noun="APIs"
            shown={null}
            firstHref={cursor === undefined ? null : base}
            nextHref={nextPageHref(base, nextCursor)}
          />
        </>
      ) : empty ? null : (
        <Card flush>
          <EmptyState title="Nothing matches" action={<ButtonLink href={BASE}>Show all</ButtonLink>}>
            Search looks at names, short names and descriptions.
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
      Add API
    </ButtonLink>
  );
}

function ApiCard({ api }: { api: ApiSummary }) {
  const count = api.operationCount;
  return (
    <li className="relative grid content-between gap-4 rounded border border-border bg-surface p-5 transition-colors hover:border-edge has-[a:focus-visible]:border-edge">
      <div className="grid gap-1.5">
        <div className="flex items-start justify-between gap-3">
          <h2 className="min-w-0 text-lg font-semibold break-words">
            <Link href={`/apis/${api.slug}`} className="rounded after:absolute after:inset-0">
              {api.name}
            </Link>
          </h2>
          <AccessBadge access={api.access} />
        </div>
        <p className="line-clamp-3 text-muted">{api.description || "No description yet."}</p>
      </div>
      <p className="flex gap-2 text-sm text-muted">
        <span className="font-mono">{api.slug}</span>
        <span aria-hidden>·</span>
        <span>{count === 0 ? "whole API" : `${count} operation${count === 1 ? "" : "s"}`}</span>
      </p>
    </li>
  );
}
