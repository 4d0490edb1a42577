import { and, eq } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import { recordAudit } from "../../../audit/record.ts";
import { requireAdmin, requireUser, type Verb } from "../../../context.ts";
import { DomainError } from "../../../errors.ts";
import { RESTORABLE_MS } from "../../status.ts";
import { mustFindSweep, presentSweep } from "./read.ts";
import type { Sweep, SweepRef } from "./schema.ts";

/** An older preview no longer shows who uses which key. */
const MAX_PREVIEW_AGE_MS = DAY_MS;

/**
 * Starts revoking the previewed keys; a job of the portal does it in batches, and `getSweep` returns the progress.
 * Administrators only.
 */
export async function startSweep({ ctx, input }: Verb<SweepRef>): Promise<Sweep> {
  return setSweepState({ ctx, input }, "preview", "running", (sweep) => {
    if (ctx.now() > sweep.createdAt + MAX_PREVIEW_AGE_MS) {
      throw new DomainError("conflict", "This preview is more than a day old. Create another one.");
    }
  });
}

/** Starts restoring the keys that a sweep revoked, up to 30 days after it. Administrators only. */
export async function undoSweep({ ctx, input }: Verb<SweepRef>): Promise<Sweep> {
  return setSweepState({ ctx, input }, "done", "undoing", (sweep) => {
    if (ctx.now() >= (sweep.startedAt ?? 0) + RESTORABLE_MS) {
      throw new DomainError(
        "conflict",
        "These keys were revoked more than 30 days ago and can't be restored.",
      );
    }
  });
}

async function setSweepState(
  { ctx, input }: Verb<SweepRef>,
  from: "preview" | "done",
  to: "running" | "undoing",
  check: (sweep: Awaited<ReturnType<typeof mustFindSweep>>) => void,
): Promise<Sweep> {
  requireAdmin(ctx);
  const { userId, name } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    const { sweeps } = tx.t;
    const before = await mustFindSweep(tx, input.sweepId);
    // The same user again, after a lost response: it is running, or done.
    if (wasStartedBy(before, to, userId)) return presentSweep(tx, before);
    check(before);
    const [turned] = await tx.q
      .update(sweeps)
      .set({
        state: to,
        ...(to === "running"
          ? { startedAt: ctx.now(), startedBy: userId, startedByName: name }
          : { undoneBy: userId, undoneByName: name }),
      })
      .where(and(eq(sweeps.id, input.sweepId), eq(sweeps.state, from)))
      .returning();
    if (!turned)
      throw new DomainError(
        "conflict",
        "The bulk revocation has changed meanwhile. Check its state and try again.",
      );
    await recordAudit(tx, ctx, {
      action: to === "running" ? "sweep.started" : "sweep.undone",
      subject: { id: turned.id, name: `unused for ${plural(turned.unusedForDays, "day")}` },
      after: { reason: turned.reason },
    });
    return presentSweep(tx, turned);
  });
}

function wasStartedBy(
  { state, startedBy, undoneBy }: Awaited<ReturnType<typeof mustFindSweep>>,
  to: "running" | "undoing",
  userId: string,
): boolean {
  return to === "running"
    ? startedBy === userId && (state === "running" || state === "done")
    : undoneBy === userId && (state === "undoing" || state === "undone");
}
