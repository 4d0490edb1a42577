import type { AuditFile } from "#domain/audit/export.ts";
import type { Ctx } from "#domain/context.ts";
import { exportInOwnProcess, requireRoom } from "./run.ts";

/** The file as it is sent. Throws `too-many` when there is no room for it now. */
export function auditFileParts({ db }: Ctx, { plan }: AuditFile): AsyncGenerator<Uint8Array> {
  requireRoom();
  return exportInOwnProcess({ databaseUrl: db.url, plan });
}
