import type { AuditFile } from "#domain/audit/export.ts";
import { type Ctx, requireUser } from "#domain/context.ts";
import { exportInOwnProcess, requireExportSlot } from "./run.ts";

/** Generates the file. Throws `too-many` if too many exports are running. */
export function exportAuditFile(ctx: Ctx, { plan }: AuditFile): AsyncGenerator<Uint8Array> {
  const { userId } = requireUser(ctx);
  requireExportSlot(userId);
  return exportInOwnProcess({ databaseUrl: ctx.db.url, plan }, userId);
}
