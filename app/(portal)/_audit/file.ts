import "server-only";
import { AUDIT_LOG, auditFilterOf } from "#components/audit/audit-state.ts";
import { newId } from "#core/ids.ts";
import { exportAudit } from "#domain/audit/export.ts";
import { AUDIT_FORMATS } from "#domain/audit/schema.ts";
import type { Ctx } from "#domain/context.ts";
import { exportAuditFile } from "#server/audit-export/start.ts";
import { fileHeaders, toStream } from "#server/file-responses.ts";

/** The audit log that a page shows, as a file that is streamed. */
export async function auditFile(ctx: Ctx, search: URLSearchParams, projectId?: string): Promise<Response> {
  const format = AUDIT_FORMATS.find((known) => known === search.get("format")) ?? "jsonl";
  const input = { ...auditFilterOf(AUDIT_LOG.read(search), projectId), format };
  const file = await exportAudit({ ctx, input });
  const headers = fileHeaders(file.filename, file.contentType);
  return new Response(toStream(exportAuditFile(ctx, file), newId("request")), { headers });
}
