import { and, asc, between, desc, gt, gte, lte, max, or, sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { ChangeKind } from "#db/tables/audit.ts";
import type { Gap } from "./sequence-gaps.ts";

export interface Change {
  kind: ChangeKind;
  /** The id of what changed. */
  subject: string;
}

/** A row of the change feed. */
export interface FeedRow extends Change {
  seq: number;
  /** Epoch ms, by the clock of the process that wrote the change. */
  at: number;
}

/** Rows per query. */
export const PAGE = 1_000;
/** Gaps per query. */
const GAPS_PER_QUERY = 200;
/** More numbers than are assigned during a transaction: earlier numbers can't be committed anymore. */
const MAX_UNSETTLED = 100_000;

const columns = ({ changes: { seq, kind, subject, at } }: Db["read"]["t"]) => ({ seq, kind, subject, at });

/** The first page of rows from `seq` on, including `seq`. */
export function readFrom({ read: { q, t } }: Db, seq: number): Promise<FeedRow[]> {
  const { changes } = t;
  return q
    .select(columns(t))
    .from(changes)
    .where(gte(changes.seq, seq))
    .orderBy(asc(changes.seq))
    .limit(PAGE);
}

/** Rows whose numbers are in `gaps`. At least a page if there are more. */
export async function readInGaps({ read: { q, t } }: Db, gaps: readonly Gap[]): Promise<FeedRow[]> {
  const { changes } = t;
  const rows: FeedRow[] = [];
  for (let from = 0; from < gaps.length && rows.length < PAGE; from += GAPS_PER_QUERY) {
    const spans = gaps
      .slice(from, from + GAPS_PER_QUERY)
      .map(({ first, last }) => between(changes.seq, first, last));
    rows.push(
      ...(await q
        .select(columns(t))
        .from(changes)
        .where(or(...spans))
        .orderBy(asc(changes.seq))
        .limit(PAGE)),
    );
  }
  return rows;
}

/** The newest row (null if there is none) and the time of the latest change. */
export async function readNewest({ read: { q, t } }: Db): Promise<{ row: FeedRow | null; latestAt: number }> {
  const { changes } = t;
  const [row] = await q.select(columns(t)).from(changes).orderBy(desc(changes.seq)).limit(1);
  const unsettled = gt(changes.seq, (row?.seq ?? 0) - MAX_UNSETTLED);
  const [latest] = await q
    .select({ at: max(changes.at) })
    .from(changes)
    .where(unsettled);
  return { row: row ?? null, latestAt: Number(latest?.at ?? Number.NEGATIVE_INFINITY) };
}

/** The numbers up to `newest` that are not committed and that an open transaction may still commit. */
export async function readGaps(
  { read: { q, t } }: Db,
  newest: number,
): Promise<{ first: number; last: number }[]> {
  const { changes } = t;
  const settled = Math.max(0, newest - MAX_UNSETTLED);
  const recent = q
    .select({
      seq: changes.seq,
      before: sql`lag(${changes.seq}, 1, ${settled}) over (order by ${changes.seq})`
        .mapWith(Number)
        .as("before"),
    })
    .from(changes)
    .where(and(gt(changes.seq, settled), lte(changes.seq, newest)))
    .as("recent");
  const rows = await q
    .select({ seq: recent.seq, before: recent.before })
    .from(recent)
    .where(sql`${recent.before} < ${recent.seq} - 1`)
    .orderBy(asc(recent.seq));
  return rows.map(({ seq, before }) => ({ first: before + 1, last: seq - 1 }));
}
