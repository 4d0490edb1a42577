import { and, asc, eq, gt, isNull, lte } from "drizzle-orm";
import { DAY_MS, iso } from "#core/time.ts";
import type { Ctx } from "../../../context.ts";
import { afterRow } from "../../../lists.ts";
import { notify } from "../../../notifications/notify.ts";
import type { Checkpoint, RunResult } from "../daily/once-per-day.ts";
import { EXEMPTION_POLICIES } from "./schema.ts";

/** Reminders are sent this many days before an exemption ends, the last one first. */
const REMINDERS = [1, 7, 14] as const;
const PART = 200;

/** Reminds the members of a project that an exemption of one of its keys ends. Each reminder is sent once. */
export async function sendExemptionReminders(ctx: Ctx, checkpoint: Checkpoint): Promise<RunResult> {
  let sent = 0;
  for (const policy of EXEMPTION_POLICIES) {
    let last: [number, string] | null = null;
    do {
      const part = await readEnding(ctx, policy, last);
      const due = part.flatMap((row) => {
        const left = row.until - ctx.now();
        const days = REMINDERS.find((before) => left <= before * DAY_MS);
        // Who granted an exemption for a week knows that it ends within 14 days.
        return days === undefined || row.until - days * DAY_MS < row.createdAt
          ? []
          : [{ ...row, days, left }];
      });
      if (due.length > 0) {
        await ctx.db.write(async (tx) => {
          for (const { id, name, projectId, until, days, left } of due) {
            const isNew = await notify(tx, ctx, {
              kind: "key.exemption-ending",
              projectId,
              subject: { id, name },
              data: { policy, days: Math.ceil(left / DAY_MS), until: iso(until) },
              once: `exemption:${policy}:${id}:${until}:${days}`,
            });
            if (isNew) sent++;
          }
        });
      }
      await checkpoint();
      const end = part.length < PART ? undefined : part.at(-1);
      last = end ? [end.until, end.id] : null;
    } while (last);
  }
  return { sent };
}

function readEnding(ctx: Ctx, policy: (typeof EXEMPTION_POLICIES)[number], after: [number, string] | null) {
  const { q, t } = ctx.db.read;
  const { keys } = t;
  const now = ctx.now();
  const exemptions = policy === "unused" ? t.exemptions : t.ruleExemptions;
  return q
    .select({
      id: keys.id,
      name: keys.name,
      projectId: keys.projectId,
      until: exemptions.until,
      createdAt: exemptions.createdAt,
    })
    .from(exemptions)
    .innerJoin(keys, eq(keys.id, exemptions.keyId))
    .where(
      and(
        isNull(keys.revokedAt),
        gt(exemptions.until, now),
        lte(exemptions.until, now + 14 * DAY_MS),
        after ? afterRow([exemptions.until, exemptions.keyId], after) : undefined,
      ),
    )
    .orderBy(asc(exemptions.until), asc(exemptions.keyId))
    .limit(PART);
}
