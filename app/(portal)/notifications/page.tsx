import type { Metadata } from "next";
import { MarkRead } from "#components/notifications/mark-read.tsx";
import { NotificationList } from "#components/notifications/notification-list.tsx";
import { notificationsText as text } from "#components/notifications/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { listNotifications } from "#domain/notifications/list.ts";
import type { Notification } from "#domain/notifications/schema.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { markRead } from "../actions.ts";
import { undoTokenChange } from "../projects/[projectId]/members/actions.ts";

export const metadata: Metadata = { title: text.title };

const BASE = "/notifications";

const undoOf = ({ id, project }: Notification) =>
  undoTokenChange.bind(null, { projectId: project.id, eventId: id });

/** The notifications of the user. Opening the page marks them as read. */
export default async function NotificationsPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const cursor = search.get("cursor") ?? undefined;
  const page = await readForPage(listNotifications, { limit: 50, unread: false, cursor });
  const newest = page.items[0];
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader
        title={text.title}
        facts={text.facts}
        actions={<ButtonLink href="/account#mail">{text.settings}</ButtonLink>}
      />
      <Card flush>
        {page.items.length > 0 ? (
          <NotificationList notifications={page.items} undoOf={undoOf} />
        ) : (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        )}
      </Card>
      <Pagination
        noun={text.noun}
        shown={null}
        firstHref={cursor === undefined ? null : BASE}
        nextHref={nextPageHref(BASE, page.nextCursor)}
      />
      {newest && newest.readAt === null ? <MarkRead upTo={newest.id} markRead={markRead} /> : null}
    </div>
  );
}
