import { and, asc, eq, sql } from "drizzle-orm";
import type { EventData } from "#core/events.ts";
import { plural } from "#core/format.ts";
import { DAY_MS, iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { LifecycleStep } from "#db/tables/lifecycle.ts";
import type { UnusedKeysRule } from "../../../access/policies/schema.ts";
import type { Ctx } from "../../../context.ts";
import { notifySome } from "../../../notifications/notify-many.ts";
import type { Checkpoint } from "./once-per-day.ts";
import { daysOf, type UnusedKeyStep, warningMs } from "./unused-steps.ts";

/** Projects per transaction. */
const PART = 50;

const WORDS: Record<UnusedKeyStep, LifecycleStep> = {
  warn: "unused",
  disable: "disabled",
  revoke: "revoked",
};

/** The reason of what key rules do. */
export const RULE_REASON = "It breaks a key rule";

/** The reason, for the audit log and the owners. */
export function unusedReason(days: number): string {
  return `Not used for ${plural(days, "day")}`;
}

/**
 * Queues notifications for changed keys, in the transaction that changed them: each project is notified once, at the
 * end of the run.
 */
export function queueNotification(
  tx: Tx,
  { step, days }: { step: UnusedKeyStep; days: number },
  keys: readonly { id: string; projectId: string; idleSince: number }[],
): Promise<void> {
  return queue(
    tx,
    { what: WORDS[step], days },
    keys.map((key) => ({ ...key, at: key.idleSince })),
  );
}

/** The same for keys that break a rule; `endsAt`: when they end, or ended, epoch ms. */
export async function queueRuleNotification(
  tx: Tx,
  what: Extract<LifecycleStep, `rule-${string}`>,
  keys: readonly { id: string; projectId: string; endsAt: number }[],
): Promise<void> {
  if (keys.length === 0) return;
  return queue(
    tx,
    { what, days: 0 },
    keys.map((key) => ({ ...key, at: key.endsAt })),
  );
}

async function queue(
  { q, t: { pendingNotifications } }: Tx,
  { what, days }: { what: LifecycleStep; days: number },
  keys: readonly { id: string; projectId: string; at: number }[],
): Promise<void> {
  const rows = [...Map.groupBy(keys, ({ projectId }) => projectId)].map(([projectId, own]) => ({
    what,
    projectId,
    keys: own.length,
    days,
    keyId: own[0]?.id ?? "",
    idleSince: Math.min(...own.map(({ at }) => at)),
  }));
  await q
    .insert(pendingNotifications)
    .values(rows)
    .onConflictDoUpdate({
      target: [pendingNotifications.what, pendingNotifications.projectId],
      set: {
        keys: sql`${pendingNotifications.keys} + excluded.keys`,
        days,
        idleSince: sql`case when excluded.idle_since < ${pendingNotifications.idleSince} then excluded.idle_since else ${pendingNotifications.idleSince} end`,
      },
    });
}

/** Sends one notification per project and step of the queued ones, including those of a run that died. */
export async function notifyPending(ctx: Ctx, rule: UnusedKeysRule, checkpoint: Checkpoint): Promise<void> {
  const { pendingNotifications } = ctx.db.read.t;
  for (let sent = PART; sent === PART; ) {
    sent = await ctx.db.write(async (tx) => {
      const part = await tx.q
        .select()
        .from(pendingNotifications)
        .orderBy(asc(pendingNotifications.what), asc(pendingNotifications.projectId))
        .limit(PART);
      for (const { what, projectId } of part) {
        const [noted] = await tx.q
          .delete(pendingNotifications)
          .where(and(eq(pendingNotifications.what, what), eq(pendingNotifications.projectId, projectId)))
          .returning();
        if (noted) await notifyOne(tx, ctx, rule, noted);
      }
      return part.length;
    });
    await checkpoint();
  }
}

type Noted = Tx["t"]["pendingNotifications"]["$inferSelect"];

async function notifyOne(tx: Tx, ctx: Ctx, rule: UnusedKeysRule, noted: Noted): Promise<void> {
  const { what, projectId, keys: count, days, keyId, idleSince } = noted;
  const { keys } = tx.t;
  const [one] = await tx.q.select({ id: keys.id, name: keys.name }).from(keys).where(eq(keys.id, keyId));
  if (!one) return;
  const some = { projectId, count, one };
  switch (what) {
    case "unused": {
      const data: EventData = { days, ...nextSteps(rule, idleSince, ctx.now()) };
      return notifySome(tx, ctx, what, { ...some, data });
    }
    case "disabled":
    case "revoked":
      return notifySome(tx, ctx, what, { ...some, data: { reason: unusedReason(days) } });
    case "rule-broken":
      return notifySome(tx, ctx, "rule-broken", { ...some, data: { endAt: null } });
    case "rule-deadline":
      return notifySome(tx, ctx, "rule-broken", { ...some, data: { endAt: iso(idleSince) } });
    case "rule-ended":
      return notifySome(tx, ctx, "disabled", { ...some, data: { reason: RULE_REASON } });
  }
}

/** When the first of these keys is disabled and revoked, as far as the rule says. */
function nextSteps(rule: UnusedKeysRule, idleSince: number, nowMs: number) {
  const at = (step: UnusedKeyStep) => {
    const days = daysOf(rule, step);
    return days === null ? null : iso(Math.max(idleSince + days * DAY_MS, nowMs + warningMs(rule, step)));
  };
  return { disableAt: at("disable"), revokeAt: at("revoke") };
}
