import { and, gte, lte, max } from "drizzle-orm";
import { requireProjectRole } from "../../access.ts";
import type { Verb } from "../../context.ts";
import { mayAnswerSince, notAppliedBy } from "../../verifiers.ts";
import type { GetPropagationInput } from "./schema.ts";

/** How far a change has come. */
export interface Propagation {
  /** The change to ask about again: the newest there was at the first question. */
  seq: number;
  /** Those that may be answering checks, also one that has lost the database and answers from what it knew. */
  verifiers: number;
  /** Of these, the ones that know of it. */
  reached: number;
}

/**
 * How many verifiers know of everything that was changed up to `seq`; up to now, where none is given. Ask right
 * after a change, and again until all know.
 */
export async function getPropagation({ ctx, input }: Verb<GetPropagationInput>): Promise<Propagation> {
  const { q, t } = ctx.db.read;
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { changes, verifiers } = t;
  const newest = async () => {
    const [row] = await q.select({ seq: max(changes.seq) }).from(changes);
    return Number(row?.seq ?? 0);
  };
  const seq = input.seq ?? (await newest());
  const answering = await q
    .select({ feedSeq: verifiers.feedSeq, feedGaps: verifiers.feedGaps })
    .from(verifiers)
    .where(gte(verifiers.lastSeenAt, mayAnswerSince(ctx)));
  const unaware = await Promise.all(
    answering.map((verifier) =>
      q
        .select({ seq: changes.seq })
        .from(changes)
        .where(and(lte(changes.seq, seq), notAppliedBy(ctx.db.read, verifier)))
        .limit(1),
    ),
  );
  const reached = unaware.filter((missed) => missed.length === 0).length;
  return { seq, verifiers: answering.length, reached };
}
