import { asc, count, gt, gte, min } from "drizzle-orm";
import { requireAdmin, type Verb } from "../context.ts";
import { iso } from "../time.ts";
import type { ListVerifiersInput } from "./schemas.ts";
import type { VerifierList } from "./types.ts";

/** A verifier that was silent for longer does not run any more. */
export const SILENT_MS = 60_000;

/** Each running verifier, and how far behind the changes it is. Administrators only. */
export async function listVerifiers({ ctx }: Verb<ListVerifiersInput>): Promise<VerifierList> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { verifiers, changes } = t;
  const now = ctx.now();
  const rows = await q
    .select({ verifier: verifiers, behind: count(changes.seq), oldest: min(changes.at) })
    .from(verifiers)
    .leftJoin(changes, gt(changes.seq, verifiers.feedSeq))
    .where(gte(verifiers.lastSeenAt, now - SILENT_MS))
    .groupBy(verifiers.id)
    .orderBy(asc(verifiers.startedAt), asc(verifiers.id));
  return {
    items: rows.map(({ verifier, behind, oldest }) => ({
      id: verifier.id,
      address: verifier.address,
      version: verifier.version,
      startedAt: iso(verifier.startedAt),
      lastSeenAt: iso(verifier.lastSeenAt),
      behind,
      behindMs: oldest === null ? 0 : Math.max(0, now - Number(oldest)),
    })),
  };
}
