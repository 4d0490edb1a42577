import { stringify } from "csv-stringify/sync";
import { and, asc, gt, lte } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { AuditRow } from "./chain.ts";
import { whereAudit } from "./filter.ts";
import { presentAudit, readAuditRows } from "./read.ts";
import type { ExportAuditInput } from "./schema.ts";

/** What an export contains. Decided when it is requested, with the reader's permissions at that time. */
export interface AuditPlan {
  filter: ExportAuditInput;
  showIpAddress: boolean;
  /** Rows written later are not included. */
  untilSeq: number;
}

const AT_ONCE = 2_000;

/**
 * Generates the file in chunks as fast as the reader consumes it. Memory holds one page of rows, whatever the file's
 * size.
 */
export async function* auditFileChunks({ read }: Db, plan: AuditPlan): AsyncGenerator<string> {
  const { t } = read;
  const { filter, showIpAddress, untilSeq } = plan;
  const write = { jsonl: writeJsonl, csv: writeCsv }[filter.format];
  if (filter.format === "csv") yield stringify([COLUMNS]);
  for (let after = 0; ; ) {
    const { rows, isWhole } = await readAuditRows(read, {
      where: and(whereAudit(t.audit, filter), gt(t.audit.seq, after), lte(t.audit.seq, untilSeq)),
      orderBy: asc(t.audit.seq),
      limit: AT_ONCE,
    });
    if (rows.length > 0) yield write(rows.map((row) => flatRow(row, showIpAddress)));
    if (isWhole) return;
    after = rows.at(-1)?.seq ?? 0;
  }
}

const COLUMNS = [
  "id",
  "at",
  "actorId",
  "actorName",
  "via",
  "address",
  "action",
  "projectId",
  "subjectId",
  "subjectName",
  "before",
  "after",
  "chain",
  "hash",
] as const;

type FlatRow = Record<(typeof COLUMNS)[number], unknown>;

function flatRow(row: AuditRow, showIpAddress: boolean): FlatRow {
  const { actor, subject, ...rest } = presentAudit(row, showIpAddress);
  return {
    ...rest,
    // As stored: the hash covers exactly this.
    before: row.before,
    after: row.after,
    actorId: actor.id,
    actorName: actor.name,
    subjectId: subject.id,
    subjectName: subject.name,
    chain: row.chain,
    hash: row.hash,
  };
}

function writeJsonl(rows: FlatRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function writeCsv(rows: FlatRow[]): string {
  // A name may be `=HYPERLINK(…)`: a spreadsheet must treat it as text.
  return stringify(rows, { columns: [...COLUMNS], escape_formulas: true });
}
