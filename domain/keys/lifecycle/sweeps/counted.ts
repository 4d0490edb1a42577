import { and, gte, isNull, lt, or } from "drizzle-orm";
import type { Scope } from "#db/open.ts";

/** A verifier that was silent for longer has nothing left to count. */
const SILENT_MS = 60_000;
/** Aggregation takes a second or two. A verifier that takes longer may be dead, so it is not waited for. */
const WAIT_MOST_MS = 15_000;

/** Whether all requests answered before that instant are counted, as far as verifiers report it. */
export async function isAggregatedUntil({ q, t }: Scope, instant: number, nowMs: number): Promise<boolean> {
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
