import type { AuditFile } from "#domain/audit/export.ts";
import { type Ctx, requireUser } from "#domain/context.ts";
import { exportInOwnProcess, requireRoom } from "./run.ts";

/** The file as it is sent. Throws `too-many` when there is no room for it now. */
export function auditFileParts(ctx: Ctx, { plan }: AuditFile): AsyncGenerator<Uint8Array> {
  const { userId } = requireUser(ctx);
  requireRoom(userId);
  return exportInOwnProcess({ databaseUrl: ctx.db.url, plan }, userId);
}
