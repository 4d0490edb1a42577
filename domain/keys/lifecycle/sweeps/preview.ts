import { and, asc, gt, sql } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { newId } from "#core/ids.ts";
import { oneOf } from "#db/portable-sql.ts";
import { recordAudit } from "../../../audit/record.ts";
import { type Ctx, requireAdmin, requireUser, type Verb } from "../../../context.ts";
import { invalid } from "../../../errors.ts";
import { yieldToEventLoop } from "../../../yield-to-event-loop.ts";
import { notExempt, whereUnused } from "../unused/filter.ts";
import { mustFindSweep, presentSweep } from "./read.ts";
import type { PreviewSweepInput, Sweep } from "./schema.ts";

/** Keys read and listed per transaction, few enough that other writers don't wait long. */
const PART = 2_000;

/**
 * Lists which keys would be revoked, with their last use. Changes no key: `startSweep` does, and skips keys used
 * since. Administrators only.
 */
export async function previewSweep({ ctx, input }: Verb<PreviewSweepInput>): Promise<Sweep> {
  requireAdmin(ctx);
  const { userId, name } = requireUser(ctx);
  const now = ctx.now();
  const sweep = {
    id: newId("sweep"),
    createdBy: userId,
    createdByName: name,
    createdAt: now,
    unusedForDays: input.filter.unusedForDays,
    reason: input.reason,
    state: "preview" as const,
  };
  await ctx.db.write(async (tx) => {
    await tx.q.insert(tx.t.sweeps).values(sweep);
    await recordAudit(tx, ctx, {
      action: "sweep.previewed",
      subject: { id: sweep.id, name: `unused for ${plural(sweep.unusedForDays, "day")}` },
      after: { reason: input.reason },
    });
  });
  const list = { sweepId: sweep.id, filter: input.filter, now };
  const listed = input.keyIds
    ? await listChosen(ctx, list, [...new Set(input.keyIds)])
    : await listAllUnused(ctx, list);
  if (listed === 0) throw invalid("keyIds", "None of these keys is still unused.");
  return presentSweep(ctx.db.read, await mustFindSweep(ctx.db.read, sweep.id));
}

/** A sweep whose keys are listed, and which ones. */
interface SweepList {
  sweepId: string;
  filter: PreviewSweepInput["filter"];
  now: number;
}

async function listChosen(ctx: Ctx, list: SweepList, keyIds: string[]): Promise<number> {
  let listed = 0;
  for (let at = 0; at < keyIds.length; at += PART) {
    listed += await listBatch(ctx, list, keyIds.slice(at, at + PART));
    await yieldToEventLoop();
  }
  return listed;
}

async function listAllUnused(ctx: Ctx, list: SweepList): Promise<number> {
  const { filter, now } = list;
  const { keys } = ctx.db.read.t;
  let listed = 0;
  for (let last = ""; ; ) {
    // By id, which never changes: a key used meanwhile is neither skipped nor listed twice.
    const part = await ctx.db.read.q
      .select({ id: keys.id })
      .from(keys)
      .where(
        and(
          whereUnused(ctx.db.read, filter, now),
          notExempt(ctx.db.read, now),
          last === "" ? undefined : gt(keys.id, last),
        ),
      )
      .orderBy(asc(keys.id))
      .limit(PART);
    const ids = part.map(({ id }) => id);
    if (ids.length > 0) listed += await listBatch(ctx, list, ids);
    await yieldToEventLoop();
    last = ids.at(-1) ?? "";
    if (ids.length < PART) return listed;
  }
}

/** Lists the keys that are still unused, within the database. */
async function listBatch(ctx: Ctx, { sweepId, filter, now }: SweepList, ids: string[]): Promise<number> {
  return ctx.db.write(async (tx) => {
    const { keys, sweepKeys } = tx.t;
    const unused = tx.q
      .select({
        sweepId: sql`${sweepId}`.as("sweep_id"),
        keyId: keys.id,
        projectId: keys.projectId,
        lastUsedAt: keys.lastUsedAt,
        state: sql`'waiting'`.as("state"),
        revokedAt: sql`null`.as("revoked_at"),
        note: sql`null`.as("note"),
      })
      .from(keys)
      .where(and(oneOf(tx, keys.id, ids), whereUnused(tx, filter, now)));
    const listed = await tx.q.insert(sweepKeys).select(unused).returning({ keyId: sweepKeys.keyId });
    return listed.length;
  });
}
