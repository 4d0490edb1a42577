import { and, count, desc, eq, isNull, lt, or } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Ctx } from "../context.ts";
import { requireUser, shownActorName, type Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import type { ListNotificationsInput, NotificationPage } from "./schema.ts";
import { currentTexts } from "./texts.ts";

const MAX_COUNTED = 100;

/** The user's notifications, newest first. */
export async function listNotifications({
  ctx,
  input,
}: Verb<ListNotificationsInput>): Promise<NotificationPage> {
  const { userId } = requireUser(ctx);
  const { q, t } = ctx.db.read;
  const { events, notifications, projects } = t;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await q
    .select({
      event: events,
      readAt: notifications.readAt,
      project: { name: projects.name, deletedAt: projects.deletedAt },
    })
    .from(notifications)
    .innerJoin(events, eq(events.id, notifications.eventId))
    .innerJoin(projects, eq(projects.id, events.projectId))
    .where(
      and(
        eq(notifications.userId, userId),
        input.unread ? isNull(notifications.readAt) : undefined,
        after
          ? or(
              lt(notifications.at, after[0]),
              and(eq(notifications.at, after[0]), lt(notifications.eventId, after[1])),
            )
          : undefined,
      ),
    )
    .orderBy(desc(notifications.at), desc(notifications.eventId))
    .limit(input.limit + 1);
  const page = pageOf(
    rows,
    input.limit,
    ({ event }) => [event.at, event.id],
    ({ event, readAt, project }) => ({
      id: event.id,
      time: iso(event.at),
      kind: event.kind,
      project: { id: event.projectId, name: project.name },
      subject: { id: event.subjectId, name: event.subjectName },
      by: shownActorName(event),
      data: event.undoneAt === null ? event.data : { ...event.data, undone: true },
      ...currentTexts(event, { isDeleted: project.deletedAt !== null }),
      readAt: isoOrNull(readAt),
    }),
  );
  return { ...page, unread: await countUnread(ctx, userId) };
}

/** How many notifications the user has not read, for the badge. 100 means 100 or more. */
export async function countUnreadNotifications({ ctx }: Verb<object>): Promise<{ unread: number }> {
  return { unread: await countUnread(ctx, requireUser(ctx).userId) };
}

async function countUnread({ db }: Ctx, userId: string): Promise<number> {
  const { q, t } = db.read;
  const some = q
    .select({ eventId: t.notifications.eventId })
    .from(t.notifications)
    .where(and(eq(t.notifications.userId, userId), isNull(t.notifications.readAt)))
    .limit(MAX_COUNTED)
    .as("some");
  const [row] = await q.select({ n: count() }).from(some);
  return row?.n ?? 0;
}
