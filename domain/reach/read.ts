import { count, gte, max, sql } from "drizzle-orm";
import { requireProjectRole } from "../access.ts";
import { SILENT_MS } from "../admin/verifiers.ts";
import type { Verb } from "../context.ts";
import type { ReachInput } from "./schemas.ts";

/** How far a change has come. */
export interface Reach {
  /** The change to ask about again: the newest there was at the first question. */
  seq: number;
  verifiers: number;
  /** Of these, the ones that know of it. */
  reached: number;
}

/**
 * How many of the running verifiers know of everything that was changed up to `seq`; up to now, where none is
 * given. Ask right after a change, and again until all know.
 */
export async function readReach({ ctx, input }: Verb<ReachInput>): Promise<Reach> {
  const { q, t } = ctx.db.read;
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const { changes, verifiers } = t;
  const newest = async () => {
    const [row] = await q.select({ seq: max(changes.seq) }).from(changes);
    return Number(row?.seq ?? 0);
  };
  const seq = input.seq ?? (await newest());
  const [row] = await q
    .select({
      verifiers: count(),
      reached:
        sql<number>`coalesce(sum(case when ${verifiers.feedSeq} >= ${seq} then 1 else 0 end), 0)`.mapWith(
          Number,
        ),
    })
    .from(verifiers)
    .where(gte(verifiers.lastSeenAt, ctx.now() - SILENT_MS));
  return { seq, verifiers: row?.verifiers ?? 0, reached: row?.reached ?? 0 };
}
