import { and, asc, eq, gt, isNotNull, isNull, lte } from "drizzle-orm";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import { endOfKey } from "#db/tables/keys.ts";
import type { Ctx } from "../../../context.ts";
import { afterRow } from "../../../lists.ts";
import { type NewNotification, notify } from "../../../notifications/notify.ts";
import { omitSent } from "../../../notifications/omit-sent.ts";
import { yieldToEventLoop } from "../../../yield-to-event-loop.ts";
import type { KeyRow } from "../../find.ts";
import { endOf } from "../../status.ts";

/** Reminders are sent this many days before a key expires, the last one first. */
const EXPIRY_REMINDERS = [1, 7, 14] as const;
const PART = 200;

/**
 * Sends reminders for keys that expire soon: 14, 7 and 1 days before, each once per expiry, however often it runs.
 * Returns how many.
 */
export async function sendExpiryReminders(ctx: Ctx): Promise<number> {
  const scope = ctx.db.read;
  const { keys } = scope.t;
  const end = endOfKey(keys);
  let sent = 0;
  let last: KeyRow | undefined;
  do {
    const now = ctx.now();
    const part: KeyRow[] = await scope.q
      .select()
      .from(keys)
      .where(
        and(
          isNull(keys.revokedAt),
          eq(keys.enabled, true),
          // In the condition of the index `keys_expiring`.
          isNotNull(end),
          gt(end, now),
          lte(end, now + 14 * DAY_MS),
          last && afterRow([end, keys.id], [endOf(last) ?? 0, last.id]),
        ),
      )
      .orderBy(asc(end), asc(keys.id))
      .limit(PART);
    const due = await omitSent(
      scope,
      part.flatMap((key) => reminderOf(key, now)),
    );
    if (due.length > 0) {
      await ctx.db.write(async (tx) => {
        for (const reminder of due) if (await notify(tx, ctx, reminder)) sent++;
      });
    }
    await yieldToEventLoop();
    last = part.length < PART ? undefined : part.at(-1);
  } while (last);
  return sent;
}

/** The reminder that is due for the key; none for a key with a shorter life. */
function reminderOf(key: KeyRow, now: number): (NewNotification & { once: string })[] {
  const { id, createdAt, projectId } = key;
  const expiresAt = endOf(key) ?? now;
  const left = expiresAt - now;
  const days = EXPIRY_REMINDERS.find((before) => left <= before * DAY_MS) ?? 14;
  // The creator of a key that lasts a week knows that it ends within 14 days.
  if (expiresAt - days * DAY_MS < createdAt) return [];
  const hours = Math.ceil(left / HOUR_MS);
  const data = {
    days: Math.ceil(left / DAY_MS),
    // Days would be too coarse.
    ...(hours < 24 ? { hours } : {}),
    expiresAt: iso(expiresAt),
  };
  const once = `expiring:${id}:${expiresAt}:${days}`;
  return [{ kind: "key.expiring", projectId, subject: key, data, once }];
}
