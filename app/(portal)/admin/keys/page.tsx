import type { Metadata } from "next";
import { AdminKeyFilters } from "#components/admin/key-filters.tsx";
import { AdminKeyTable } from "#components/admin/key-table.tsx";
import { adminText } from "#components/admin/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { defineUrlState, text } from "#components/ui/url-state.ts";
import { listAllKeysForPage } from "#domain/admin/keys.ts";
import { listAllKeysSchema } from "#domain/admin/schema.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";

export const metadata: Metadata = { title: adminText.keys.title };

const BASE = "/admin/keys";
const KEY_LIST = defineUrlState({
  q: text(),
  status: text(),
  environment: text(),
  restricted: text(),
  unusedForDays: text(),
  secretOlderThanDays: text(),
  secretNewerThanDays: text(),
  leaked: text(),
  projectId: text(),
});

/** The keys of all projects. */
export default async function AdminKeysPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const state = KEY_LIST.read(search);
  const cursor = search.get("cursor") ?? undefined;
  const input = listAllKeysSchema.safeParse({ ...state, cursor });
  const [page, { now }] = await Promise.all([
    readForPage(listAllKeysForPage, input.success ? input.data : listAllKeysSchema.parse({})),
    pageCtx(),
  ]);
  const base = KEY_LIST.href(BASE, state);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={adminText.keys.title}
        facts={adminText.keys.facts}
      />
      <AdminKeyFilters base={BASE} state={state} />
      <AdminKeyTable
        keys={page.items}
        isFiltered={KEY_LIST.isFiltered(state)}
        nowMs={now()}
        pagination={{ noun: adminText.keys.noun, base, cursor, nextCursor: page.nextCursor }}
      />
    </div>
  );
}
