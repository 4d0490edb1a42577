import { max } from "drizzle-orm";
import type { Verb } from "../context.ts";
import type { AuditPlan } from "./export-chunks.ts";
import { canReadIpAddresses } from "./filter.ts";
import type { ExportAuditInput } from "./schema.ts";

/** An export that is not generated yet: `auditFileChunks` generates it. */
export interface AuditFile {
  filename: string;
  contentType: string;
  plan: AuditPlan;
}

/**
 * Exports the audit log, oldest first, with each row's position and hash in the chain; same filters and permissions
 * as `listAudit`. Later rows are not included.
 */
export async function exportAudit({ ctx, input }: Verb<ExportAuditInput>): Promise<AuditFile> {
  const showIpAddress = await canReadIpAddresses(ctx, input);
  const { q, t } = ctx.db.read;
  const [end] = await q.select({ seq: max(t.audit.seq) }).from(t.audit);
  const day = new Date(ctx.now()).toISOString().slice(0, 10);
  return {
    filename: `audit-${input.projectId ?? "site"}-${day}.${input.format}`,
    contentType: input.format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
    plan: { filter: input, showIpAddress, untilSeq: end?.seq ?? 0 },
  };
}
