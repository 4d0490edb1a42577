import { asc, count, gte, min } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { mayAnswerSince, notAppliedBy } from "../verifiers.ts";
import type { ListVerifiersInput, Verifier } from "./schema.ts";

/** All verifiers that may be running, and how far behind the change feed each is. Administrators only. */
export async function listVerifiers({ ctx }: Verb<ListVerifiersInput>): Promise<{ items: Verifier[] }> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { verifiers, changes } = t;
  const now = ctx.now();
  const rows = await q
    .select()
    .from(verifiers)
    .where(gte(verifiers.lastSeenAt, mayAnswerSince(ctx)))
    .orderBy(asc(verifiers.startedAt), asc(verifiers.id));
  const items = rows.map(async (verifier): Promise<Verifier> => {
    const [missed] = await q
      .select({ behind: count(), oldest: min(changes.at) })
      .from(changes)
      .where(notAppliedBy(ctx.db.read, verifier));
    const { behind = 0, oldest = null } = missed ?? {};
    return {
      id: verifier.id,
      address: verifier.address,
      version: verifier.version,
      startedAt: iso(verifier.startedAt),
      lastSeenAt: iso(verifier.lastSeenAt),
      behind,
      behindMs: oldest === null ? 0 : Math.max(0, now - Number(oldest)),
    };
  });
  return { items: await Promise.all(items) };
}
