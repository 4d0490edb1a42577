import type { Metadata } from "next";
import { InviteUser } from "#components/admin/invite-user.tsx";
import { secondFactorText } from "#components/admin/second-factor-text.ts";
import { usersText } from "#components/admin/users-text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchForm } from "#components/ui/search-form.tsx";
import { uiText } from "#components/ui/text.ts";
import { SEARCHED_LIST } from "#components/ui/url-state.ts";
import { listUsers } from "#domain/admin/users.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { inviteToSite } from "../actions.ts";
import { UserTable } from "./user-table.tsx";

const text = usersText;
const BASE = "/admin/users";
const WITHOUT_FACTOR = `${BASE}?secondFactor=none`;

export const metadata: Metadata = { title: text.title };

/** All users of the site, or those without a second factor. */
export default async function UsersPage({ searchParams }: { searchParams: PageSearch }) {
  const query = await searchOf(searchParams);
  const { search, cursor } = SEARCHED_LIST.read(query);
  const secondFactor = query.get("secondFactor") === "none" ? "none" : undefined;
  const [page, { actor }] = await Promise.all([
    readForPage(listUsers, { search, cursor, secondFactor, limit: 50 }),
    pageCtx(),
  ]);
  const base = SEARCHED_LIST.href(secondFactor ? WITHOUT_FACTOR : BASE, { search });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={secondFactor ? secondFactorText.users.title : text.title}
        facts={secondFactor ? secondFactorText.users.facts : text.facts}
        actions={
          secondFactor ? (
            <Link href={BASE} className="text-accent underline">
              {secondFactorText.users.showAll}
            </Link>
          ) : (
            <InviteUser invite={inviteToSite} />
          )
        }
      />
      {secondFactor ? null : <SearchForm action={BASE} search={search} by={text.searchBy} />}
      {page.items.length > 0 ? (
        <UserTable
          users={page.items}
          ownId={actor.kind === "user" ? actor.userId : ""}
          pagination={{ noun: text.noun, base, cursor, nextCursor: page.nextCursor }}
        />
      ) : (
        <Card flush>
          <EmptyState
            title={secondFactor ? secondFactorText.users.none : text.noMatch.title}
            action={<ButtonLink href={BASE}>{text.noMatch.action}</ButtonLink>}
          >
            {secondFactor ? null : text.noMatch.body}
          </EmptyState>
        </Card>
      )}
    </div>
  );
}
