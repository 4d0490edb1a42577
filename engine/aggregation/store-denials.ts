import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import { type DenialRow, MAX_DENIALS_PER_KEY, MAX_DENIALS_PER_PROJECT } from "./aggregate-denials.ts";
import { jsonRows } from "./json-rows.ts";

const KINDS = [
  "text",
  "text",
  "text",
  "number",
  "text",
  "boolean",
  "text",
  "text",
  "text",
  "json",
  "json",
] as const;

export async function storeDenials(tx: Tx, rows: DenialRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.q
    .insert(tx.t.denials)
    .select(jsonRows(tx, rows, KINDS))
    .onConflictDoNothing();
}

/** Denials that are listed together: a project's actual denials, or its report-only ones. */
export interface DenialList {
  projectId: string;
  reportOnly: boolean;
}

/** Deletes denials that are neither among the newest of their project nor among the newest of their key. */
export async function trimDenials(tx: Tx, list: DenialList): Promise<void> {
  const { denials } = tx.t;
  const inList = and(eq(denials.projectId, list.projectId), eq(denials.reportOnly, list.reportOnly));
  const [first] = await tx.q
    .select({ at: denials.at, id: denials.id })
    .from(denials)
    .where(inList)
    .orderBy(desc(denials.at), desc(denials.id))
    .offset(MAX_DENIALS_PER_PROJECT)
    .limit(1);
  if (!first) return;
  const ranked = tx.q
    .select({ id: denials.id, at: denials.at, rank: rankInKey(tx).as("rank") })
    .from(denials)
    .where(inList)
    .as("ranked");
  const tooOld = tx.q
    .select({ id: ranked.id })
    .from(ranked)
    .where(
      sql`${ranked.rank} > ${MAX_DENIALS_PER_KEY} and (${ranked.at} < ${first.at} or (${ranked.at} = ${first.at} and ${ranked.id} <= ${first.id}))`,
    );
  await tx.q.delete(denials).where(inArray(denials.id, tooOld));
}

function rankInKey({ t: { denials } }: Tx): SQL<number> {
  return sql<number>`row_number() over (partition by ${denials.keyId} order by ${denials.at} desc, ${denials.id} desc)`;
}

/** Finds lists that exceed their maximum. */
export async function listsOverLimit({ q, t: { denials } }: Scope): Promise<DenialList[]> {
  return q
    .select({ projectId: denials.projectId, reportOnly: denials.reportOnly })
    .from(denials)
    .groupBy(denials.projectId, denials.reportOnly)
    .having(sql`count(*) > ${MAX_DENIALS_PER_PROJECT}`);
}
