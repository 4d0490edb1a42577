import { and, asc, eq, gt, isNull, lte } from "drizzle-orm";
import { breathe } from "../breathe.ts";
import type { Ctx } from "../context.ts";
import { tell } from "../notices/tell.ts";
import { iso } from "../time.ts";

const DAY_MS = 86_400_000;
/** People are told so many days before a key expires; the last one comes first. */
export const EXPIRY_REMINDERS = [1, 7, 14] as const;
const PART = 200;

/** Tells of keys that expire soon: 14, 7 and 1 days before, each once for an expiry. Resolves with how many. */
export async function remindOfExpiries(ctx: Ctx): Promise<number> {
  const { q, t } = ctx.db.read;
  const { keys } = t;
  const now = ctx.now();
  let told = 0;
  for (let last = ""; ; ) {
    const part = await q
      .select()
      .from(keys)
      .where(
        and(
          isNull(keys.revokedAt),
          eq(keys.enabled, true),
          gt(keys.expiresAt, now),
          lte(keys.expiresAt, now + 14 * DAY_MS),
          last === "" ? undefined : gt(keys.id, last),
        ),
      )
      .orderBy(asc(keys.id))
      .limit(PART);
    await ctx.db.write(async (tx) => {
      for (const key of part) {
        const { id, createdAt, projectId } = key;
        const expiresAt = key.expiresAt ?? now;
        const left = expiresAt - now;
        const days = EXPIRY_REMINDERS.find((before) => left <= before * DAY_MS) ?? 14;
        // Who made a key for a week knows that it ends within 14 days.
        if (expiresAt - days * DAY_MS < createdAt) continue;
        const isNew = await tell(tx, ctx, {
          kind: "key.expiring",
          projectId,
          subject: key,
          data: { days: Math.ceil(left / DAY_MS), expiresAt: iso(expiresAt) },
          once: `expiring:${id}:${expiresAt}:${days}`,
        });
        if (isNew) told++;
      }
    });
    await breathe();
    last = part.at(-1)?.id ?? "";
    if (part.length < PART) return told;
  }
}
