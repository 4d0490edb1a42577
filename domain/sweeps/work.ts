import { and, asc, eq, inArray } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { SweptState } from "#db/tables/desk.ts";
import { breathe } from "../breathe.ts";
import type { Ctx } from "../context.ts";
import { changeMany } from "../keys/changeMany.ts";
import { holdKeys } from "../keys/hold.ts";
import type { KeyRow } from "../keys/present.ts";
import { RESTORABLE_MS } from "../keys/status.ts";
import { tellProjects } from "./tellProjects.ts";

/** Keys a transaction: few enough that nobody else's write waits long. */
const PART = 200;
/** Works on for so long, ms, before it lets the next turn of the job come. */
const TURN_MS = 2_000;

type SweepRow = Tables["sweeps"]["$inferSelect"];
type SweptRow = Tables["sweepKeys"]["$inferSelect"];

/** What the job runs with: `ctxFor` makes the context of the administrator whose sweep it is. */
export interface SweepWork {
  read: Scope;
  ctxFor: (by: { userId: string; name: string }) => Ctx;
  /** Monotonic, ms. */
  clock: () => number;
}

/** Goes on with the sweeps that are under way, for a moment. Any number of portals may do so at once. */
export async function workOnSweeps({ read, ctxFor, clock }: SweepWork): Promise<void> {
  const { q, t } = read;
  const until = clock() + TURN_MS;
  const open = await q
    .select()
    .from(t.sweeps)
    .where(inArray(t.sweeps.state, ["running", "undoing"]))
    .orderBy(asc(t.sweeps.createdAt));
  for (const sweep of open) {
    const ctx = ctxFor({ userId: sweep.createdBy, name: sweep.createdByName });
    while ((await doPart(ctx, sweep)) > 0) {
      await breathe();
      if (clock() > until) return;
    }
    await tellProjects(ctx, sweep, sweep.state === "running" ? "revoked" : "restored");
    await finish(ctx, sweep);
  }
}

/** A part of the keys, or 0 when none is left. */
function doPart(ctx: Ctx, sweep: SweepRow): Promise<number> {
  const [from, work] =
    sweep.state === "running" ? (["waiting", revokePart] as const) : (["revoked", restorePart] as const);
  return ctx.db.write(async (tx) => {
    if (!(await hold(tx, sweep))) return 0;
    const { sweepKeys } = tx.t;
    const part = await tx.q
      .select()
      .from(sweepKeys)
      .where(and(eq(sweepKeys.sweepId, sweep.id), eq(sweepKeys.state, from)))
      .orderBy(asc(sweepKeys.keyId))
      .limit(PART);
    if (part.length === 0) return 0;
    const keys = await holdKeys(
      tx,
      part.map(({ keyId }) => keyId),
    );
    await work(tx, ctx, sweep, part, new Map(keys.map((key) => [key.id, key])));
    return part.length;
  });
}

/** Holds the sweep, so that portals take turns; false where another has turned it meanwhile. */
async function hold(tx: Tx, { id, state }: SweepRow): Promise<boolean> {
  const { sweeps } = tx.t;
  const held = await tx.q
    .update(sweeps)
    .set({ state })
    .where(and(eq(sweeps.id, id), eq(sweeps.state, state)))
    .returning({ id: sweeps.id });
  return held.length > 0;
}

interface Outcome {
  keyId: string;
  state: SweptState;
  note: string | null;
}

async function revokePart(
  tx: Tx,
  ctx: Ctx,
  sweep: SweepRow,
  part: SweptRow[],
  keys: Map<string, KeyRow>,
): Promise<void> {
  const now = ctx.now();
  const outcomes = part.map((swept): Outcome => {
    const key = keys.get(swept.keyId);
    const { keyId } = swept;
    if (!key || key.revokedAt !== null) return { keyId, state: "failed", note: "Was revoked already." };
    if (key.lastUsedAt !== swept.lastUsedAt)
      return { keyId, state: "used", note: "Was used since the preview." };
    return { keyId, state: "revoked", note: null };
  });
  const revoked = keysIn(outcomes, "revoked", keys);
  await changeMany(tx, ctx, revoked, {
    set: { revokedAt: now },
    action: "key.revoked",
    reason: sweep.reason,
  });
  await note(tx, sweep.id, outcomes);
}

async function restorePart(
  tx: Tx,
  ctx: Ctx,
  sweep: SweepRow,
  part: SweptRow[],
  keys: Map<string, KeyRow>,
): Promise<void> {
  const now = ctx.now();
  const outcomes = part.map(({ keyId }): Outcome => {
    const key = keys.get(keyId);
    if (!key || !wasRevokedBy(sweep, key))
      return { keyId, state: "failed", note: "Was restored, or revoked anew, by somebody else." };
    if (now >= (key.revokedAt ?? 0) + RESTORABLE_MS)
      return { keyId, state: "failed", note: "Its 30 days were over." };
    return { keyId, state: "restored", note: null };
  });
  const restored = keysIn(outcomes, "restored", keys);
  await changeMany(tx, ctx, restored, {
    set: { revokedAt: null },
    action: "key.restored",
    reason: sweep.reason,
  });
  await note(tx, sweep.id, outcomes);
}

/** Somebody else may have restored it, and revoked it again for a reason of their own. */
function wasRevokedBy({ startedAt, endedAt }: SweepRow, { revokedAt }: KeyRow): boolean {
  return revokedAt !== null && revokedAt >= (startedAt ?? 0) && revokedAt <= (endedAt ?? 0);
}

function keysIn(outcomes: Outcome[], state: SweptState, keys: Map<string, KeyRow>): KeyRow[] {
  return outcomes.flatMap((outcome) => {
    const key = keys.get(outcome.keyId);
    return key && outcome.state === state ? [key] : [];
  });
}

/** Writes down what became of each key, those of one outcome together. */
async function note({ q, t: { sweepKeys } }: Tx, sweepId: string, outcomes: Outcome[]): Promise<void> {
  for (const alike of Map.groupBy(outcomes, ({ state, note: why }) => `${state} ${why}`).values()) {
    const [first] = alike;
    if (!first) continue;
    await q
      .update(sweepKeys)
      .set({ state: first.state, note: first.note })
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
