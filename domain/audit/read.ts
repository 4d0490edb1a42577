import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { storable, storableDeep } from "#core/text.ts";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { jsonBytes } from "#db/portable-sql.ts";
import { shownActorName } from "../context.ts";
import { countWithinBytes } from "../lists.ts";
import type { AuditRow } from "./chain.ts";
import { compactChange } from "./compact.ts";
import type { AuditRecord } from "./schema.ts";

/** Old rows, written before their size was bounded, may have megabytes. At least one row is read in any case. */
const READ_BYTES = 8 * 1_048_576;
const OTHER_BYTES = 800;

interface AuditRead {
  where: SQL | undefined;
  /** Ascending or descending by `seq` or `chain`. */
  orderBy: SQL;
  limit: number;
}

/**
 * Reads the first rows in this order: at most `limit`, fewer if they are large (sizes are queried before the rows are
 * read). `isWhole`: there are no more rows.
 */
export async function readAuditRows(
  { q, t, dialect }: Scope,
  { where, orderBy, limit }: AuditRead,
): Promise<{ rows: AuditRow[]; isWhole: boolean }> {
  const { audit } = t;
  const bytes = sql<number>`${jsonBytes({ dialect }, audit.before)} + ${jsonBytes({ dialect }, audit.after)}`;
  const sizes = await q
    .select({ seq: audit.seq, bytes: bytes.mapWith(Number) })
    .from(audit)
    .where(where)
    .orderBy(orderBy)
    .limit(limit);
  const count = countWithinBytes(
    sizes.map((row) => OTHER_BYTES + row.bytes),
    READ_BYTES,
  );
  const seqs = sizes.slice(0, count).map(({ seq }) => seq);
  const isWhole = sizes.length < limit && count === sizes.length;
  const [first] = seqs;
  if (first === undefined) return { rows: [], isWhole };
  // By range and the same condition: a list of ids would need thousands of parameters.
  const [from, to] = [Math.min(...seqs), Math.max(...seqs)];
  const these = from === to ? eq(audit.seq, from) : and(where, gte(audit.seq, from), lte(audit.seq, to));
  const rows = await q.select().from(audit).where(these).orderBy(orderBy).limit(seqs.length);
  return { rows, isWhole };
}

/** A row as the API shows it. Rows written before `storable` may contain text that strict JSON parsers reject. */
export function presentAudit(row: AuditRow, showIpAddress: boolean): AuditRecord {
  return {
    id: row.id,
    at: iso(row.at),
    actor: { id: row.actorId, name: storable(shownActorName(row)) },
    via: row.via,
    address: showIpAddress ? row.address : null,
    action: row.action,
    projectId: row.projectId,
    subject: { id: row.subjectId, name: storable(row.subjectName) },
    // Rows from before the bound on their size have whole sets.
    ...storableDeep(compactChange(row)),
  };
}
