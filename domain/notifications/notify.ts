import { and, count, eq, gt, inArray, isNull, ne, or } from "drizzle-orm";
import { type EventData, type EventKind, repeatedWith } from "#core/events.ts";
import { newId } from "#core/ids.ts";
import { HOUR_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type Actor, type Ctx, identityOf, SYSTEM_NAME } from "../context.ts";

export interface NewNotification {
  kind: EventKind;
  projectId: string;
  /** The key, API or person concerned. */
  subject: { id: string; name: string };
  data?: EventData;
  /** Identifies the event, so that it is sent only once. */
  once?: string;
  /** Also notifies the actor. Default: false. */
  includesActor?: boolean;
  /** Only some of the ways: notifications in the portal, mail, webhooks. All of them if not given. */
  channels?: { bell: boolean; mail: boolean; webhooks: boolean };
  /** Default: the project's owners and developers. `admins`: the administrators of the site. */
  audience?: "project" | "admins";
  /** Notifies only owners, for example of events with IP or email addresses, which developers may not see. */
  ownersOnly?: boolean;
}

/** Mails about alerts that one person gets in an hour, and as many about requests for access. */
export const MAX_REPEATED_MAILS = 20;
const ALL_CHANNELS = { bell: true, mail: true, webhooks: true };
/** For events that members see in the portal anyway. */
export const WEBHOOKS_ONLY = { bell: false, mail: false, webhooks: true };

/**
 * Notifies a project's owners and developers or the administrators, except the actor, and the webhooks of project and
 * site, in the transaction of the event. Jobs of the portal send mails and webhooks later. Returns false if the event was
 * sent before, or if nobody receives it.
 */
export async function notify(tx: Tx, ctx: Ctx, notification: NewNotification): Promise<boolean> {
  const { kind, projectId, subject, data = {}, once, audience, includesActor = false } = notification;
  const { bell, mail, webhooks: toWebhooks } = notification.channels ?? ALL_CHANNELS;
  const { events, notifications, deliveries } = tx.t;
  const at = ctx.now();
  const hooks = (toWebhooks ? await hooksOf(tx, projectId) : []).filter(
    ({ kinds }) => kinds.length === 0 || kinds.includes(kind),
  );
  // Nobody receives it, and no later call depends on `once`.
  if (!bell && !mail && hooks.length === 0 && once === undefined) return false;
  const event = { id: newId("event"), at, kind, projectId, ...actorOf(ctx.actor), data, once: once ?? null };
  const inserted = await tx.q
    .insert(events)
    .values({ ...event, subjectId: subject.id, subjectName: subject.name })
    .onConflictDoNothing()
    .returning({ id: events.id });
  if (inserted.length === 0) return false;
  const found =
    audience === "admins" ? await admins(tx) : await membersOf(tx, projectId, rolesOf(notification));
  const people = found.filter(({ userId }) => includesActor || userId !== event.actorId);
  if (people.length > 0 && (bell || mail)) {
    const isMailed = mail && ctx.sendMail !== null;
    const saturated = isMailed ? await atMailLimit(tx, people, repeatedWith(kind), at) : NOBODY;
    await tx.q.insert(notifications).values(
      people.map(({ userId, mailNotifications }) => ({
        userId,
        eventId: event.id,
        at,
        // A mail belongs to a notification, which is read already if the portal is not to show it as new.
        readAt: bell ? null : at,
        mail: isMailed && mailNotifications && !saturated.has(userId) ? ("due" as const) : ("none" as const),
        mailAt: at,
      })),
    );
  }
  if (hooks.length > 0) {
    await tx.q.insert(deliveries).values(hooks.map(({ id }) => deliveryOf(id, event.id, at)));
  }
  return true;
}

/** A delivery that is due now. */
export function deliveryOf(webhookId: string, eventId: string, at: number) {
  return {
    id: newId("delivery"),
    webhookId,
    eventId,
    at,
    state: "due" as const,
    tries: 0,
    dueAt: at,
    attempts: [],
  };
}

/** The actor columns of an event. */
export function actorOf(actor: Actor): { actorId: string | null; actorName: string } {
  if (actor.kind === "user" || actor.kind === "project") {
    const { id, name } = identityOf(actor);
    return { actorId: id, actorName: name };
  }
  return { actorId: null, actorName: actor.kind === "system" ? SYSTEM_NAME : "A visitor" };
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * The people who already got the maximum of mails about these events in the last hour. They see further events only in
 * the portal, because many mails about the same thing would hide the others.
 */
async function atMailLimit(
  { q, t: { events, notifications } }: Tx,
  people: readonly { userId: string }[],
  kinds: readonly EventKind[],
  at: number,
): Promise<ReadonlySet<string>> {
  if (kinds.length === 0) return NOBODY;
  const ids = people.map(({ userId }) => userId);
  const rows = await q
    .select({ userId: notifications.userId, mails: count() })
    .from(notifications)
    .innerJoin(events, eq(events.id, notifications.eventId))
    .where(
      and(
        inArray(notifications.userId, ids),
        gt(notifications.at, at - HOUR_MS),
        ne(notifications.mail, "none"),
        inArray(events.kind, [...kinds]),
      ),
    )
    .groupBy(notifications.userId);
  return new Set(rows.filter(({ mails }) => mails >= MAX_REPEATED_MAILS).map(({ userId }) => userId));
}

function rolesOf({ ownersOnly }: NewNotification): ProjectRole[] {
  return ownersOnly ? ["owner"] : ["owner", "developer"];
}

/** The administrators of the site who can sign in. */
function admins({ q, t: { users } }: Tx) {
  return q
    .select({ userId: users.id, mailNotifications: users.mailNotifications })
    .from(users)
    .where(and(eq(users.siteRole, "admin"), isNull(users.disabledAt), isNull(users.deletedAt)));
}

function membersOf({ q, t: { memberships, users } }: Tx, projectId: string, roles: ProjectRole[]) {
  return q
    .select({ userId: users.id, mailNotifications: users.mailNotifications })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.projectId, projectId), inArray(memberships.role, roles), isNull(users.disabledAt)),
    );
}

/** The webhooks of the project and of the site. */
function hooksOf({ q, t: { webhooks } }: Tx, projectId: string) {
  const isReceiver = or(eq(webhooks.projectId, projectId), isNull(webhooks.projectId));
  return q
    .select({ id: webhooks.id, kinds: webhooks.kinds })
    .from(webhooks)
    .where(and(isReceiver, isNull(webhooks.disabledAt), isNull(webhooks.deletedAt)));
}
