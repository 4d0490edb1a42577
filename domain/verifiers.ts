import { between, gt, or, type SQL } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "./context.ts";

/** Heartbeats come every few seconds: after this time, at least one is missing. */
export const MAX_HEARTBEAT_AGE_MS = 15_000;

/** A verifier that was silent for longer has stopped, unless it lost the database and still answers. */
const SILENT_MS = 60_000;
/** Its last read of the change feed may be this much later than its last heartbeat. */
const HEARTBEAT_MS = 10_000;

/** Verifiers with a heartbeat since then may be answering requests from their cache. */
export function mayAnswerSince({ now, settings }: Pick<Ctx, "now" | "settings">): number {
  return now() - Math.max(SILENT_MS, settings.staleMaxSeconds * 1_000) - HEARTBEAT_MS;
}

/** A service that verifies keys in its own process reports every 3 seconds, and asks over HTTP without a verifier. */
const LOCAL_SILENT_MS = 10_000;

/** Services that have reported since then may verify keys in their own process. */
export function mayAnswerLocallySince({ now }: Pick<Ctx, "now">): number {
  return now() - LOCAL_SILENT_MS;
}

/** A position in the change feed, as a verifier reports it with its heartbeat. */
type ReportedPosition = Pick<Tables["verifiers"]["$inferSelect"], "feedSeq" | "feedGaps">;

/** Calls `compute` once for each distinct position. */
export function memoizeByPosition<T>(
  compute: (position: ReportedPosition) => Promise<T>,
): (position: ReportedPosition) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (position) => {
    const id = JSON.stringify([position.feedSeq, position.feedGaps]);
    const result = known.get(id) ?? compute(position);
    known.set(id, result);
    return result;
  };
}

/**
 * Changes that a verifier has not applied: those above its position, and those below it that were committed later.
 */
export function notAppliedBy(
  { t: { changes } }: Scope,
  { feedSeq, feedGaps }: ReportedPosition,
): SQL | undefined {
  const late = (feedGaps ?? []).map(([from, to]) => between(changes.seq, from, to));
  return or(gt(changes.seq, feedSeq), ...late);
}
