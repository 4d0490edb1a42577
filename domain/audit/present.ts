import { storable, storableDeep } from "#core/text.ts";
import { iso } from "#core/time.ts";
import type { AuditRow } from "./chain.ts";
import { compactChange } from "./compact.ts";
import type { AuditRecord } from "./types.ts";

/** A row as it is shown. Rows from before `storable` may hold text that strict JSON parsers and pages refuse. */
export function presentAudit(row: AuditRow, showAddress: boolean): AuditRecord {
  return {
    id: row.id,
    at: iso(row.at),
    actor: { id: row.actorId, name: storable(row.actorName) },
    via: row.via,
    address: showAddress ? row.address : null,
    action: row.action,
    projectId: row.projectId,
    subject: { id: row.subjectId, name: storable(row.subjectName) },
    // Rows from before the bound on their size have whole sets.
    ...storableDeep(compactChange(row)),
  };
}
