import { and, asc, between, desc, gt, gte, lte, max, or, sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { ChangeKind } from "#db/tables/audit.ts";
import type { Gap } from "./gaps.ts";

export interface Change {
  kind: ChangeKind;
  /** The id of what changed. */
  subject: string;
}

/** A row of the change feed. */
export interface FeedRow extends Change {
  seq: number;
  /** Epoch ms, by the clock of who made the change. */
  at: number;
}

/** Rows a question. */
export const PAGE = 1_000;
/** Spans that one statement asks for. */
const GAPS_AT_ONCE = 200;
/** More numbers than are given out while a transaction lives: those further back are settled. */
const UNSETTLED_MOST = 100_000;

const columns = ({ changes: { seq, kind, subject, at } }: Db["read"]["t"]) => ({ seq, kind, subject, at });

/** The first rows from `seq` on, itself included, a page at most. */
export function readFrom({ read: { q, t } }: Db, seq: number): Promise<FeedRow[]> {
  const { changes } = t;
  return q
    .select(columns(t))
    .from(changes)
    .where(gte(changes.seq, seq))
    .orderBy(asc(changes.seq))
    .limit(PAGE);
}

/** Rows whose numbers are in `gaps`: all of some spans, or the first page. */
export async function readIn({ read: { q, t } }: Db, gaps: readonly Gap[]): Promise<FeedRow[]> {
  const { changes } = t;
  const rows: FeedRow[] = [];
  for (let from = 0; from < gaps.length && rows.length < PAGE; from += GAPS_AT_ONCE) {
    const spans = gaps
      .slice(from, from + GAPS_AT_ONCE)
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

/** The newest row (null: there is none), and the latest instant at which something was changed. */
export async function readNewest({ read: { q, t } }: Db): Promise<{ row: FeedRow | null; latestAt: number }> {
  const { changes } = t;
  const [row] = await q.select(columns(t)).from(changes).orderBy(desc(changes.seq)).limit(1);
  const unsettled = gt(changes.seq, (row?.seq ?? 0) - UNSETTLED_MOST);
  const [latest] = await q
    .select({ at: max(changes.at) })
    .from(changes)
    .where(unsettled);
  return { row: row ?? null, latestAt: Number(latest?.at ?? Number.NEGATIVE_INFINITY) };
}

/** The numbers up to `newest` that nobody has committed and somebody may still hold. */
export async function readHoles(
  { read: { q, t } }: Db,
  newest: number,
): Promise<{ first: number; last: number }[]> {
  const { changes } = t;
  const settled = Math.max(0, newest - UNSETTLED_MOST);
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
