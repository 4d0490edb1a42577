import "server-only";
import { auditFilterOf, readAuditState } from "#components/audit/audit-address.ts";
import { newId } from "#core/ids.ts";
import { exportAudit } from "#domain/audit/export.ts";
import { AUDIT_FORMATS } from "#domain/audit/schemas.ts";
import type { Ctx } from "#domain/context.ts";
import { fileHeaders } from "#server/files.ts";
import { streamOf } from "#server/stream.ts";

/** The audit log that a page shows, as a file that is sent while it is read. */
export async function auditFile(ctx: Ctx, search: URLSearchParams, projectId?: string): Promise<Response> {
  const format = AUDIT_FORMATS.find((known) => known === search.get("format")) ?? "jsonl";
  const input = { ...auditFilterOf(readAuditState(search), projectId), format };
  const { filename, contentType, parts } = await exportAudit({ ctx, input });
  return new Response(streamOf(parts, newId("request")), { headers: fileHeaders(filename, contentType) });
}
