import { and, gte, isNull, lt, or } from "drizzle-orm";
import type { Scope } from "#db/open.ts";

/** A verifier that was silent for longer has nothing to say of what it counts. */
const SILENT_MS = 60_000;
/** Counting takes a second or two. One that takes longer may be dead, and nobody waits for it for ever. */
const WAIT_MOST_MS = 15_000;

/** Whether all that verifiers answered before that instant is counted, as far as they can say. */
export async function isCountedTo({ q, t }: Scope, instant: number, nowMs: number): Promise<boolean> {
  if (nowMs > instant + WAIT_MOST_MS) return true;
  const { verifiers } = t;
  const [counting] = await q
    .select({ id: verifiers.id })
    .from(verifiers)
    .where(
      and(
        gte(verifiers.lastSeenAt, nowMs - SILENT_MS),
        or(isNull(verifiers.countedTo), lt(verifiers.countedTo, instant)),
      ),
    )
    .limit(1);
  return counting === undefined;
}
