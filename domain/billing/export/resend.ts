import { and, eq, gte, lt, lte, min, notInArray, sql } from "drizzle-orm";
import { HOUR_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { HeldReason } from "#db/tables/billing-export.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, requireAdmin, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { ADAPTERS } from "./adapters/index.ts";
import { requireExportable } from "./exportable-hours.ts";
import { type ExportRow, lockExport } from "./find.ts";
import { changeExport, LEASE_ENDED } from "./manage.ts";
import type { BillingExport, BillingExportRef, ReplayBillingExportInput } from "./schema.ts";

/**
 * Sends the usage from an hour on again, with the same ids: receivers that have it drop the repetitions. An earlier hour
 * than the export's first one also becomes its first one, and its usage is sent once; of the later usage, what the
 * receiver has and no longer recognizes is left out. Administrators only.
 */
export async function replayBillingExport({
  ctx,
  input,
}: Verb<ReplayBillingExportInput>): Promise<BillingExport> {
  const from = requireExportable(input.from, ctx.now());
  return changeExport(ctx, input, "billingExport.replayed", async (row, tx) => {
    const isEarlier = from < row.startsAt;
    if (isEarlier) await addEarlierEvents(ctx, tx, row, from);
    else await requireRemembered(ctx, tx, row, from);
    return {
      position: 0,
      replayFrom: Math.max(from, row.startsAt),
      ...(isEarlier && { startsAt: from }),
      failures: 0,
      nextAttemptAt: 0,
    };
  });
}

/**
 * Usage before the export began is new to the receiver, and not acknowledged. Events that `position` has passed become
 * due once, like held events: a replay could repeat them after the receiver has forgotten their ids.
 */
async function addEarlierEvents(ctx: Ctx, { q, t }: Tx, row: ExportRow, from: number): Promise<void> {
  const { billingEvents: e, billingHeldEvents } = t;
  const earlier = q
    .select({
      exportId: sql<string>`${row.id}`.as("export_id"),
      seq: e.seq,
      projectId: e.projectId,
      reason: sql<HeldReason>`'due'`.as("reason"),
      detail: sql<string | null>`null`.as("detail"),
      at: sql<number>`cast(${ctx.now()} as bigint)`.as("at"),
      acknowledged: sql<boolean>`false`.as("acknowledged"),
    })
    .from(e)
    .where(and(gte(e.hour, from), lt(e.hour, row.startsAt), lte(e.seq, row.furthest)));
  await q.insert(billingHeldEvents).select(earlier).onConflictDoNothing();
}

/** Throws `conflict` if the receiver would count an event twice, because it has forgotten its id. */
async function requireRemembered(ctx: Ctx, tx: Tx, row: ExportRow, from: number): Promise<void> {
  const { remembersMs } = ADAPTERS[row.adapter];
  if (remembersMs === null) return;
  const { billingEvents } = tx.t;
  const [oldest] = await tx.q
    .select({ at: min(billingEvents.createdAt) })
    .from(billingEvents)
    .where(and(gte(billingEvents.hour, from), lte(billingEvents.seq, row.furthest)));
  if (oldest?.at == null || oldest.at > ctx.now() - remembersMs) return;
  throw new DomainError(
    "conflict",
    `This receiver recognizes a repetition for ${Math.ceil(remembersMs / HOUR_MS) + 1} hours only: it would bill older usage twice. Choose a later hour.`,
  );
}

/** Held events become due again: those that were rejected, too old, uncertain or without a customer. Administrators only. */
export async function resendHeldEvents({ ctx, input }: Verb<BillingExportRef>): Promise<{ events: number }> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockExport(tx, input.exportId);
    const { billingHeldEvents } = tx.t;
    const released = await tx.q
      .update(billingHeldEvents)
      .set({ reason: "due", at: ctx.now() })
      .where(
        and(
          eq(billingHeldEvents.exportId, row.id),
          notInArray(billingHeldEvents.reason, ["not-billed", "due"]),
        ),
      )
      .returning({ seq: billingHeldEvents.seq });
    const events = released.length;
    await tx.q
      .update(tx.t.billingExports)
      .set({ nextAttemptAt: 0, ...LEASE_ENDED })
      .where(eq(tx.t.billingExports.id, row.id));
    await recordAudit(tx, ctx, {
      action: "billingExport.held-resent",
      subject: row,
      after: { events },
    });
    return { events };
  });
}
