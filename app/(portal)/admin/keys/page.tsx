import type { Metadata } from "next";
import { AdminKeyFilters } from "#components/admin/key-filters.tsx";
import { AdminKeyTable } from "#components/admin/key-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { defineUrlState, nextPageHref, text } from "#components/ui/url-state.ts";
import { listAllKeysForPage } from "#domain/admin/keys.ts";
import { listAllKeysSchema } from "#domain/admin/schema.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";

export const metadata: Metadata = { title: "Keys" };

const BASE = "/admin/keys";
const KEY_LIST = defineUrlState({
  status: text(),
  environment: text(),
  restricted: text(),
  unusedForDays: text(),
  secretOlderThanDays: text(),
  secretNewerThanDays: text(),
  leaked: text(),
  projectId: text(),
});

/** Every key of every project. */
export default async function AdminKeysPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const state = KEY_LIST.read(search);
  const cursor = search.get("cursor") ?? undefined;
  const asked = listAllKeysSchema.safeParse({ ...state, cursor });
  const [page, { now }] = await Promise.all([
    readForPage(listAllKeysForPage, asked.success ? asked.data : listAllKeysSchema.parse({})),
    pageCtx(),
  ]);
  const base = KEY_LIST.href(BASE, state);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Keys"
        facts="Every key of every project, the newest first."
      />
      <AdminKeyFilters base={BASE} state={state} />
      <Card flush>
        {page.items.length > 0 ? (
          <AdminKeyTable keys={page.items} nowMs={now()} />
        ) : (
          <EmptyState title="No key matches">Take a filter away to see more.</EmptyState>
        )}
      </Card>
      <Pagination
        noun="keys"
        shown={null}
        firstHref={cursor === undefined ? null : base}
        nextHref={nextPageHref(base, page.nextCursor)}
      />
    </div>
  );
}
