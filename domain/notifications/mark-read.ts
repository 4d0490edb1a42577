import { and, eq, isNull, lt, lte, notInArray, or } from "drizzle-orm";
import { requireUser, type Verb } from "../context.ts";
import type { MarkReadInput } from "./schema.ts";

/**
 * Marks a notification and all earlier ones as read. With a management token, it skips notifications about actions of
 * that token: a stolen token must not hide what it did.
 */
export async function markNotificationsRead({ ctx, input }: Verb<MarkReadInput>): Promise<undefined> {
  const { userId, via } = requireUser(ctx);
  const readAt = ctx.now();
  await ctx.db.write(async (tx) => {
    const { events, notifications } = tx.t;
    const [seen] = await tx.q
      .select({ at: notifications.at })
      .from(notifications)
      .where(and(eq(notifications.userId, userId), eq(notifications.eventId, input.upTo)));
    // Another user's, or deleted: nothing to do.
    if (!seen) return;
    const before = or(
      lt(notifications.at, seen.at),
      and(eq(notifications.at, seen.at), lte(notifications.eventId, input.upTo)),
    );
    const byToken = tx.q
      .select({ id: events.id })
      .from(events)
      .where(eq(events.kind, "member.changed-by-token"));
    const seenByScript = via === "token" ? notInArray(notifications.eventId, byToken) : undefined;
    await tx.q
      .update(notifications)
      .set({ readAt })
      .where(and(eq(notifications.userId, userId), isNull(notifications.readAt), before, seenByScript));
  });
}
