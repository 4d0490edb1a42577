import type { Metadata } from "next";
import { NoticeList } from "#components/notifications/notice-list.tsx";
import { ReadOnSight } from "#components/notifications/read-on-sight.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { listNotifications } from "#domain/notifications/list.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { markRead } from "./actions.ts";

export const metadata: Metadata = { title: "Notices" };

const BASE = "/notifications";

/** What one was told of one's projects. Looking at it is reading it. */
export default async function NoticesPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const cursor = search.get("cursor") ?? undefined;
  const page = await readForPage(listNotifications, { limit: 50, unread: false, cursor });
  const newest = page.items[0];
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader
        title="Notices"
        facts="What others did with your projects' keys, and what needs you."
        actions={<ButtonLink href="/account#mail">Mail settings</ButtonLink>}
      />
      <Card flush>
        {page.items.length > 0 ? (
          <NoticeList notices={page.items} />
        ) : (
          <EmptyState title="Nothing yet">
            You are told here when a key of your projects is about to expire, is switched off or revoked by
            somebody else, has a new secret, or was found in public.
          </EmptyState>
        )}
      </Card>
      <Pagination
        noun="notices"
        shown={null}
        firstHref={cursor === undefined ? null : BASE}
        nextHref={nextPageHref(BASE, page.nextCursor)}
      />
      {newest && newest.readAt === null ? <ReadOnSight upTo={newest.id} markRead={markRead} /> : null}
    </div>
  );
}
