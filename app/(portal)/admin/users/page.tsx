import type { Metadata } from "next";
import { InviteUser } from "#components/admin/invite-user.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SearchForm } from "#components/ui/search-form.tsx";
import { nextPageHref, SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listUsers } from "#domain/admin/users.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { inviteToSite } from "./actions.ts";
import { UserTable } from "./user-table.tsx";

export const metadata: Metadata = { title: "Users" };

const BASE = "/admin/users";

/** Everybody with an account. */
export default async function UsersPage({ searchParams }: { searchParams: PageSearch }) {
  const { search, cursor } = SEARCHED_LIST.read(await searchOf(searchParams));
  const [page, { actor }] = await Promise.all([
    readForPage(listUsers, { search, cursor, limit: 50 }),
    pageCtx(),
  ]);
  const base = SEARCHED_LIST.href(BASE, { search });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Users"
        facts="Everybody with an account on this site."
        actions={<InviteUser invite={inviteToSite} />}
      />
      <SearchForm action={BASE} search={search} by="Name or e-mail" />
      {page.items.length > 0 ? (
        <>
          <UserTable users={page.items} me={actor.kind === "user" ? actor.userId : ""} />
          <Pagination
            noun="users"
            shown={null}
            firstHref={cursor === undefined ? null : base}
            nextHref={nextPageHref(base, page.nextCursor)}
          />
        </>
      ) : (
        <Card flush>
          <EmptyState title="Nobody matches" action={<ButtonLink href={BASE}>Show everybody</ButtonLink>}>
            Search looks at names and e-mail addresses.
          </EmptyState>
        </Card>
      )}
    </div>
  );
}
