import { and, gte, lte, max } from "drizzle-orm";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { mayAnswerLocallySince, mayAnswerSince, memoizeByPosition, notAppliedBy } from "../../verifiers.ts";
import type { GetPropagationInput, Propagation } from "./schema.ts";

/**
 * How many verifiers have applied all changes up to `seq`, by default up to now. Services that verify keys in their own
 * process count too. Ask right after a change, and again until all have.
 */
export async function getPropagation({ ctx, input }: Verb<GetPropagationInput>): Promise<Propagation> {
  const { q, t } = ctx.db.read;
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { changes, verifiers, localVerifiers } = t;
  const newest = async () => {
    const [row] = await q.select({ seq: max(changes.seq) }).from(changes);
    return Number(row?.seq ?? 0);
  };
  const seq = input.seq ?? (await newest());
  const answering = await q
    .select({ feedSeq: verifiers.feedSeq, feedGaps: verifiers.feedGaps })
    .from(verifiers)
    .where(gte(verifiers.lastSeenAt, mayAnswerSince(ctx)))
    .unionAll(
      q
        .select({ feedSeq: localVerifiers.feedSeq, feedGaps: localVerifiers.feedGaps })
        .from(localVerifiers)
        .where(gte(localVerifiers.lastSeenAt, mayAnswerLocallySince(ctx))),
    );
  const missedAt = memoizeByPosition(async (position) =>
    q
      .select({ seq: changes.seq })
      .from(changes)
      .where(and(lte(changes.seq, seq), notAppliedBy(ctx.db.read, position)))
      .limit(1),
  );
  const unaware = await Promise.all(answering.map(missedAt));
  const reached = unaware.filter((missed) => missed.length === 0).length;
  return { seq, verifiers: answering.length, reached };
}
