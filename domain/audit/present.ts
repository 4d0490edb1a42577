import { storable, storableDeep } from "#core/text.ts";
import { iso } from "#core/time.ts";
import type { AuditRow } from "./chain.ts";
import { compactChange } from "./compact.ts";
import type { AuditRecord } from "./types.ts";

/** A row as the API shows it. Rows written before `storable` may contain text that strict JSON parsers reject. */
export function presentAudit(row: AuditRow, showIpAddress: boolean): AuditRecord {
  return {
    id: row.id,
    at: iso(row.at),
    actor: { id: row.actorId, name: storable(row.actorName) },
    via: row.via,
    address: showIpAddress ? row.address : null,
    action: row.action,
    projectId: row.projectId,
    subject: { id: row.subjectId, name: storable(row.subjectName) },
    // Rows from before the bound on their size have whole sets.
    ...storableDeep(compactChange(row)),
  };
}
