import { asc, count, eq, gte, min } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { mayAnswerLocallySince, mayAnswerSince, memoizeByPosition, notAppliedBy } from "../verifiers.ts";
import type { ListVerifiersInput, Verifier } from "./schema.ts";

type Running = Omit<Verifier, "startedAt" | "lastSeenAt" | "behind" | "behindMs"> &
  Pick<Tables["verifiers"]["$inferSelect"], "startedAt" | "lastSeenAt" | "feedSeq" | "feedGaps">;

/**
 * All verifiers that may be running, including services that verify keys in their own process, and how far behind the
 * change feed each is. Administrators only.
 */
export async function listVerifiers({ ctx }: Verb<ListVerifiersInput>): Promise<{ items: Verifier[] }> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const now = ctx.now();
  // Most verifiers have the same position.
  const missedAt = memoizeByPosition(async (position) => {
    const [missed] = await q
      .select({ behind: count(), oldest: min(t.changes.at) })
      .from(t.changes)
      .where(notAppliedBy(ctx.db.read, position));
    return missed;
  });
  const items = [...(await readVerifiers(ctx)), ...(await readLocalVerifiers(ctx))].map(
    async ({ feedSeq, feedGaps, startedAt, lastSeenAt, ...verifier }): Promise<Verifier> => {
      const { behind = 0, oldest = null } = (await missedAt({ feedSeq, feedGaps })) ?? {};
      return {
        ...verifier,
        startedAt: iso(startedAt),
        lastSeenAt: iso(lastSeenAt),
        behind,
        behindMs: oldest === null ? 0 : Math.max(0, now - Number(oldest)),
      };
    },
  );
  return { items: await Promise.all(items) };
}

async function readVerifiers(ctx: Verb<object>["ctx"]): Promise<Running[]> {
  const { verifiers } = ctx.db.read.t;
  const rows = await ctx.db.read.q
    .select()
    .from(verifiers)
    .where(gte(verifiers.lastSeenAt, mayAnswerSince(ctx)))
    .orderBy(asc(verifiers.startedAt), asc(verifiers.id));
  return rows.map(({ countedUntil: _, limits: __, aggregationCycles: ___, ...row }) => ({
    ...row,
    kind: "verifier",
    serviceToken: null,
  }));
}

/** Maximum number of services that are listed. */
const MAX_LOCAL = 1_000;

async function readLocalVerifiers(ctx: Verb<object>["ctx"]): Promise<Running[]> {
  const { localVerifiers, serviceTokens } = ctx.db.read.t;
  const rows = await ctx.db.read.q
    .select({ local: localVerifiers, tokenName: serviceTokens.name })
    .from(localVerifiers)
    .leftJoin(serviceTokens, eq(serviceTokens.id, localVerifiers.serviceTokenId))
    .where(gte(localVerifiers.lastSeenAt, mayAnswerLocallySince(ctx)))
    .orderBy(asc(localVerifiers.startedAt), asc(localVerifiers.id))
    .limit(MAX_LOCAL);
  return rows.map(({ local: { serviceTokenId, ...row }, tokenName }) => ({
    ...row,
    kind: "local",
    serviceToken: { id: serviceTokenId, name: tokenName ?? serviceTokenId },
  }));
}
