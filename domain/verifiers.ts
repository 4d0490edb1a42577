import { between, gt, or, type SQL } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "./context.ts";

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

type Place = Pick<Tables["verifiers"]["$inferSelect"], "feedSeq" | "feedGaps">;

/** Calls `of` once for each different place. */
export function memoizeByPlace<T>(of: (place: Place) => Promise<T>): (place: Place) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (place) => {
    const id = JSON.stringify([place.feedSeq, place.feedGaps]);
    const result = known.get(id) ?? of(place);
    known.set(id, result);
    return result;
  };
}

/**
 * Changes that a verifier has not applied: those above its position, and those below it that were committed later.
 */
export function notAppliedBy({ t: { changes } }: Scope, { feedSeq, feedGaps }: Place): SQL | undefined {
  const late = (feedGaps ?? []).map(([from, to]) => between(changes.seq, from, to));
  return or(gt(changes.seq, feedSeq), ...late);
}
