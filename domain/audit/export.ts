import { stringify } from "csv-stringify/sync";
import { and, asc, gt, lte, max } from "drizzle-orm";
import type { Verb } from "../context.ts";
import type { AuditRow } from "./chain.ts";
import { auditThat, mayReadAddresses } from "./filter.ts";
import { presentAudit } from "./present.ts";
import type { ExportAuditInput } from "./schemas.ts";

/** A file that is made while it is read: whatever its size, a page of rows is in memory. */
export interface AuditFile {
  filename: string;
  contentType: string;
  parts: AsyncGenerator<string>;
}

const AT_ONCE = 2_000;

/**
 * The audit log as a file, the oldest first, with each row's place and hash in the chain; the same filters
 * and the same readers as `listAudit`. Rows that are written while it runs are not in it.
 */
export async function exportAudit({ ctx, input }: Verb<ExportAuditInput>): Promise<AuditFile> {
  const showAddress = await mayReadAddresses(ctx, input);
  const { q, t } = ctx.db.read;
  const [end] = await q.select({ seq: max(t.audit.seq) }).from(t.audit);
  const write = { jsonl: writeJsonl, csv: writeCsv }[input.format];
  async function* parts(): AsyncGenerator<string> {
    if (input.format === "csv") yield stringify([COLUMNS]);
    for (let after = 0; ; ) {
      const rows = await q
        .select()
        .from(t.audit)
        .where(and(auditThat(t.audit, input), gt(t.audit.seq, after), lte(t.audit.seq, end?.seq ?? 0)))
        .orderBy(asc(t.audit.seq))
        .limit(AT_ONCE);
      if (rows.length > 0) yield write(rows.map((row) => flat(row, showAddress)));
      if (rows.length < AT_ONCE) return;
      after = rows.at(-1)?.seq ?? 0;
    }
  }
  const day = new Date(ctx.now()).toISOString().slice(0, 10);
  return {
    filename: `audit-${input.projectId ?? "site"}-${day}.${input.format}`,
    contentType: input.format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
    parts: parts(),
  };
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

function flat(row: AuditRow, showAddress: boolean): FlatRow {
  const { actor, subject, ...rest } = presentAudit(row, showAddress);
  return {
    ...rest,
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
  // A thing may be called `=HYPERLINK(…)`: a spreadsheet must read it as a text.
  return stringify(rows, { columns: [...COLUMNS], escape_formulas: true });
}
