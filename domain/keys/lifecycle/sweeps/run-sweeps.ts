import { and, asc, eq, gte, inArray, isNull, lt, or } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { lockProjectRow } from "../../../access/project-access.ts";
import type { Ctx } from "../../../context.ts";
import { yieldToEventLoop } from "../../../yield-to-event-loop.ts";
import { lockKeys } from "../../find.ts";
import { restoreBatch, revokeBatch, type SweepResult } from "./batches.ts";
import { notifyProjects } from "./notify-projects.ts";

/** Keys per transaction, few enough that other writers don't wait long. */
const PART = 200;
/** How long one call works, ms; the next run of the job continues. */
const TURN_MS = 2_000;

type SweepRow = Tables["sweeps"]["$inferSelect"];

/** What the job needs. `contextFor` makes the context of the administrator who started or undid the sweep. */
export interface SweepWork {
  read: Scope;
  contextFor: (by: { userId: string; name: string }) => Ctx;
  /** Monotonic, ms. */
  clock: () => number;
}

/** Continues the running sweeps for a while. Several portals may do so at once. */
export async function runSweeps({ read, contextFor, clock }: SweepWork): Promise<void> {
  const { q, t } = read;
  const until = clock() + TURN_MS;
  const open = await q
    .select()
    .from(t.sweeps)
    .where(inArray(t.sweeps.state, ["running", "undoing"]))
    .orderBy(asc(t.sweeps.createdAt));
  for (const sweep of open) {
    const ctx = contextFor(actorOf(sweep));
    if (sweep.state === "running" && !(await isAggregatedUntil(read, sweep.startedAt ?? 0, ctx.now())))
      continue;
    while ((await processBatch(ctx, sweep)) > 0) {
      await yieldToEventLoop();
      if (clock() > until) return;
    }
    await notifyProjects(ctx, sweep, sweep.state === "running" ? "revoked" : "restored");
    await finish(ctx, sweep);
  }
}

/** Who started what is running: not who created the preview. */
function actorOf(sweep: SweepRow): { userId: string; name: string } {
  const { createdBy, createdByName, startedBy, startedByName, undoneBy, undoneByName } = sweep;
  return sweep.state === "running"
    ? { userId: startedBy ?? createdBy, name: startedByName ?? createdByName }
    : { userId: undoneBy ?? createdBy, name: undoneByName ?? createdByName };
}

/** Processes a batch of keys and returns its size; 0 when none is left. */
function processBatch(ctx: Ctx, sweep: SweepRow): Promise<number> {
  const [from, work] =
    sweep.state === "running" ? (["waiting", revokeBatch] as const) : (["revoked", restoreBatch] as const);
  return ctx.db.write(async (tx) => {
    if (!(await lockSweep(tx, sweep))) return 0;
    const { sweepKeys } = tx.t;
    const waiting = and(eq(sweepKeys.sweepId, sweep.id), eq(sweepKeys.state, from));
    const part = await tx.q.select().from(sweepKeys).where(waiting).orderBy(asc(sweepKeys.keyId)).limit(PART);
    if (part.length === 0) return 0;
    // Projects are always locked before keys; a restored key counts towards the limit of its project.
    if (from === "revoked") {
      const projectIds = new Set(part.map(({ projectId }) => projectId));
      for (const projectId of [...projectIds].sort()) await lockProjectRow(tx, projectId);
    }
    const keyIds = part.map(({ keyId }) => keyId);
    const keys = new Map((await lockKeys(tx, keyIds)).map((key) => [key.id, key]));
    // Checked again under the lock: an administrator may have revoked one of them individually since.
    const locked = await tx.q
      .select()
      .from(sweepKeys)
      .where(and(waiting, inArray(sweepKeys.keyId, keyIds)))
      .orderBy(asc(sweepKeys.keyId));
    await storeResults(tx, sweep.id, await work(tx, ctx, { sweep, part: locked, keys }));
    return part.length;
  });
}

/** Locks the sweep, so that portals take turns; false if its state changed meanwhile. */
async function lockSweep(tx: Tx, { id, state }: SweepRow): Promise<boolean> {
  const { sweeps } = tx.t;
  const rows = await tx.q
    .update(sweeps)
    .set({ state })
    .where(and(eq(sweeps.id, id), eq(sweeps.state, state)))
    .returning({ id: sweeps.id });
  return rows.length > 0;
}

/** Stores the result of each key, grouped by result. */
async function storeResults(
  { q, t: { sweepKeys } }: Tx,
  sweepId: string,
  outcomes: SweepResult[],
): Promise<void> {
  for (const alike of Map.groupBy(outcomes, ({ state, note: why }) => `${state} ${why}`).values()) {
    const [first] = alike;
    if (!first) continue;
    await q
      .update(sweepKeys)
      .set({ state: first.state, note: first.note, revokedAt: first.revokedAt })
      .where(
        and(
          eq(sweepKeys.sweepId, sweepId),
          inArray(
            sweepKeys.keyId,
            alike.map(({ keyId }) => keyId),
          ),
        ),
      );
  }
}

async function finish(ctx: Ctx, sweep: SweepRow): Promise<void> {
  const state = sweep.state === "running" ? "done" : "undone";
  await ctx.db.write(({ q, t: { sweeps } }) =>
    q
      .update(sweeps)
      .set({ state, endedAt: ctx.now() })
      .where(and(eq(sweeps.id, sweep.id), eq(sweeps.state, sweep.state))),
  );
}

/** A verifier that was silent for longer has nothing left to count. */
const SILENT_MS = 60_000;
/** Aggregation takes a second or two. A verifier that takes longer may be dead, so it is not waited for. */
const MAX_WAIT_MS = 15_000;

/** Whether all requests answered before that instant are counted, as far as verifiers report it. */
export async function isAggregatedUntil({ q, t }: Scope, instant: number, nowMs: number): Promise<boolean> {
  if (nowMs > instant + MAX_WAIT_MS) return true;
  const { verifiers } = t;
  const [counting] = await q
    .select({ id: verifiers.id })
    .from(verifiers)
    .where(
      and(
        gte(verifiers.lastSeenAt, nowMs - SILENT_MS),
        or(isNull(verifiers.countedUntil), lt(verifiers.countedUntil, instant)),
      ),
    )
    .limit(1);
  return counting === undefined;
}
