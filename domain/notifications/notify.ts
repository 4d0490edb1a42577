import { and, eq, inArray, isNull } from "drizzle-orm";
import type { EventData, EventKind } from "#core/events.ts";
import { newId } from "#core/ids.ts";
import type { Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import type { Actor, Ctx } from "../context.ts";

export interface Notification {
  kind: EventKind;
  projectId: string;
  /** The key, API or person that it is about. */
  subject: { id: string; name: string };
  data?: EventData;
  /** Names the event, so that it is told once however often somebody comes by. */
  once?: string;
  /** Also whoever did it: what matters more than who said so. */
  everybody?: boolean;
  /** Only the owners: for what names addresses, which developers don't see. */
  ownersOnly?: boolean;
}

/**
 * Tells a project's owners and developers, but for whoever did it, and its webhooks: in the transaction of what
 * happened, so that one is never there without the other. Mail and webhooks leave later, by jobs of the portal.
 * False when it was told before.
 */
export async function notify(tx: Tx, ctx: Ctx, telling: Notification): Promise<boolean> {
  const { kind, projectId, subject, data = {}, once, everybody = false, ownersOnly = false } = telling;
  const { events, notices, deliveries } = tx.t;
  const at = ctx.now();
  const event = { id: newId("event"), at, kind, projectId, ...actorOf(ctx.actor), data, once: once ?? null };
  const told = await tx.q
    .insert(events)
    .values({ ...event, subjectId: subject.id, subjectName: subject.name })
    .onConflictDoNothing()
    .returning({ id: events.id });
  if (told.length === 0) return false;
  const roles: ProjectRole[] = ownersOnly ? ["owner"] : ["owner", "developer"];
  const people = await peopleOf(tx, projectId, roles, everybody ? null : event.actorId);
  if (people.length > 0) {
    await tx.q.insert(notices).values(
      people.map(({ userId, mailNotices }) => ({
        userId,
        eventId: event.id,
        at,
        mail: ctx.sendMail !== null && mailNotices ? ("due" as const) : ("none" as const),
        mailAt: at,
      })),
    );
  }
  const hooks = (await hooksOf(tx, projectId)).filter(
    ({ kinds }) => kinds.length === 0 || kinds.includes(kind),
  );
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

/** Who an event was made by, as its columns. */
export function actorOf(actor: Actor): { actorId: string | null; actorName: string } {
  if (actor.kind === "user") return { actorId: actor.userId, actorName: actor.name };
  return { actorId: null, actorName: actor.kind === "system" ? "Latchkey" : "A visitor" };
}

async function peopleOf(
  { q, t: { memberships, users } }: Tx,
  projectId: string,
  roles: ProjectRole[],
  actorId: string | null,
) {
  const people = await q
    .select({ userId: users.id, mailNotices: users.mailNotices })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.projectId, projectId), inArray(memberships.role, roles), isNull(users.disabledAt)),
    );
  return people.filter(({ userId }) => userId !== actorId);
}

function hooksOf({ q, t: { webhooks } }: Tx, projectId: string) {
  return q
    .select({ id: webhooks.id, kinds: webhooks.kinds })
    .from(webhooks)
    .where(and(eq(webhooks.projectId, projectId), isNull(webhooks.disabledAt), isNull(webhooks.deletedAt)));
}
