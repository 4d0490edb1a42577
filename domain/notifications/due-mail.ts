import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { type EventKind, REPEATED_KINDS } from "#core/events.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import type { EventRow } from "./texts.ts";

/** A process that claimed a mail and did not report a result in this time has died. */
const TAKEN_MS = 120_000;

/** A user's notification, identified by user and event. */
export interface NotificationRef {
  userId: string;
  eventId: string;
}

/** A claimed mail, with everything that it contains. */
export interface DueMail extends NotificationRef {
  mailTries: number;
  /** The end of the claim: a process that claims it later has another value here. */
  mailAt: number;
  email: string;
  event: EventRow;
  project: { name: string; deletedAt: number | null };
}

const isDue = ({ t: { notifications } }: Scope, nowMs: number) =>
  and(eq(notifications.mail, "due"), lte(notifications.mailAt, nowMs));

const isIt = ({ t: { notifications } }: Scope, { userId, eventId }: NotificationRef) =>
  and(eq(notifications.userId, userId), eq(notifications.eventId, eventId));

/**
 * The next due mails: leaks first, then disabled or revoked keys, then other single events, then repeated events. Within
 * each rank, recipients take turns, and the oldest mail of each goes first.
 */
export async function nextDueMails(scope: Scope, nowMs: number, limit: number): Promise<NotificationRef[]> {
  const { events, notifications } = scope.t;
  const rank = sql<number>`case when ${events.kind} = 'key.leaked' then 0
    when ${events.kind} in ('key.revoked', 'key.disabled') then 1
    when ${inArray(events.kind, [...REPEATED_KINDS])} then 3 else 2 end`;
  const due = scope.q
    .select({
      userId: notifications.userId,
      eventId: notifications.eventId,
      mailAt: notifications.mailAt,
      rank: rank.as("rank"),
      turn: sql<number>`row_number() over (partition by ${notifications.userId}, ${rank}
        order by ${notifications.mailAt}, ${notifications.eventId})`.as("turn"),
    })
    .from(notifications)
    .innerJoin(events, eq(events.id, notifications.eventId))
    .where(isDue(scope, nowMs))
    .as("due");
  return scope.q
    .select({ userId: due.userId, eventId: due.eventId })
    .from(due)
    .orderBy(asc(due.rank), asc(due.turn), asc(due.mailAt), asc(due.eventId), asc(due.userId))
    .limit(limit);
}

/** Claims a mail, so that no other portal sends it too. Null if another did, or nobody may receive it anymore. */
export function claimMail(db: Db, ref: NotificationRef, nowMs: number): Promise<DueMail | null> {
  return db.write(async (tx) => {
    const { events, notifications, projects, users } = tx.t;
    const [own] = await tx.q
      .update(notifications)
      .set({ mailAt: nowMs + TAKEN_MS })
      .where(and(isDue(tx, nowMs), isIt(tx, ref)))
      .returning({ mailAt: notifications.mailAt, mailTries: notifications.mailTries });
    if (!own) return null;
    const [mail] = await tx.q
      .select({
        email: users.email,
        event: events,
        project: { name: projects.name, deletedAt: projects.deletedAt },
      })
      .from(notifications)
      .innerJoin(users, eq(users.id, notifications.userId))
      .innerJoin(events, eq(events.id, notifications.eventId))
      .innerJoin(projects, eq(projects.id, events.projectId))
      .where(isIt(tx, ref));
    if (mail && (await isStillFor(tx, ref.userId, mail.event))) return { ...ref, ...own, ...mail };
    await tx.q.update(notifications).set({ mail: "none" }).where(isIt(tx, ref));
    return null;
  });
}

/** Events that administrators are notified of, whether or not they are members of the project. */
export function isForAdmins(kind: EventKind): boolean {
  return kind === "access.requested";
}

/** Whether the user still receives mails about it: they may have lost their role or disabled mails since. */
async function isStillFor(
  { q, t: { memberships, users } }: Tx,
  userId: string,
  { kind, projectId }: Pick<EventRow, "kind" | "projectId">,
): Promise<boolean> {
  if (isForAdmins(kind)) {
    const isReader = and(eq(users.id, userId), isNull(users.disabledAt), eq(users.mailNotifications, true));
    return (await q.$count(users, and(isReader, eq(users.siteRole, "admin")))) > 0;
  }
  const [member] = await q
    .select({ userId: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.projectId, projectId),
        eq(memberships.userId, userId),
        inArray(memberships.role, ["owner", "developer"]),
        isNull(users.disabledAt),
        eq(users.mailNotifications, true),
      ),
    );
  return member !== undefined;
}

/** Stores the result of a mail, unless another process claimed it meanwhile. */
export async function storeMailResult(
  db: Db,
  { mailAt, mailTries, ...ref }: DueMail,
  outcome: { mail: "sent" | "failed" } | { mail: "due"; mailAt: number },
): Promise<void> {
  await db.write(async (tx) => {
    const { notifications } = tx.t;
    await tx.q
      .update(notifications)
      .set({ ...outcome, mailTries: mailTries + 1 })
      .where(and(isIt(tx, ref), eq(notifications.mail, "due"), eq(notifications.mailAt, mailAt)));
  });
}
