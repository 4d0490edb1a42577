import { and, eq, isNull, lt, lte, or } from "drizzle-orm";
import { requireUser, type Verb } from "../context.ts";
import type { MarkReadInput } from "./schemas.ts";

/** Notes that the person has read a notice and all before it. What they were not told stays as it is. */
export async function markNoticesRead({ ctx, input }: Verb<MarkReadInput>): Promise<undefined> {
  const { userId } = requireUser(ctx);
  const readAt = ctx.now();
  await ctx.db.write(async (tx) => {
    const { notices } = tx.t;
    const [seen] = await tx.q
      .select({ at: notices.at })
      .from(notices)
      .where(and(eq(notices.userId, userId), eq(notices.eventId, input.upTo)));
    // Somebody else's, or gone: there is nothing to note.
    if (!seen) return;
    const before = or(
      lt(notices.at, seen.at),
      and(eq(notices.at, seen.at), lte(notices.eventId, input.upTo)),
    );
    await tx.q
      .update(notices)
      .set({ readAt })
      .where(and(eq(notices.userId, userId), isNull(notices.readAt), before));
  });
}
