import { between, gt, or, type SQL } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "./context.ts";

/** A verifier that was silent for longer does not run any more, unless it lost the database and answers still. */
const SILENT_MS = 60_000;
/** Its last look at the changes may be so much later than its last heartbeat. */
const HEARTBEAT_MS = 10_000;

/** Whoever was heard of since then may be answering checks, from what it knew when it lost the database. */
export function mayAnswerSince({ now, settings }: Pick<Ctx, "now" | "settings">): number {
  return now() - Math.max(SILENT_MS, settings.staleMaxSeconds * 1_000) - HEARTBEAT_MS;
}

/**
 * The changes that a verifier has not applied: those above its highest number, and those that were committed below
 * it after it had passed them.
 */
export function notAppliedBy(
  { t: { changes } }: Scope,
  { feedSeq, feedGaps }: Pick<Tables["verifiers"]["$inferSelect"], "feedSeq" | "feedGaps">,
): SQL | undefined {
  const late = (feedGaps ?? []).map(([from, to]) => between(changes.seq, from, to));
  return or(gt(changes.seq, feedSeq), ...late);
}
