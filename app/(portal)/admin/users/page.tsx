import type { Metadata } from "next";
import { InviteUser } from "#components/admin/invite-user.tsx";
import { adminText } from "#components/admin/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchForm } from "#components/ui/search-form.tsx";
import { uiText } from "#components/ui/text.ts";
import { SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listUsers } from "#domain/admin/users.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { inviteToSite } from "../actions.ts";
import { UserTable } from "./user-table.tsx";

const text = adminText.users;
const BASE = "/admin/users";

export const metadata: Metadata = { title: text.title };

/** All users of the site. */
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
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={text.facts}
        actions={<InviteUser invite={inviteToSite} />}
      />
      <SearchForm action={BASE} search={search} by={text.searchBy} />
      {page.items.length > 0 ? (
        <UserTable
          users={page.items}
          ownId={actor.kind === "user" ? actor.userId : ""}
          pagination={{ noun: text.noun, base, cursor, nextCursor: page.nextCursor }}
        />
      ) : (
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
