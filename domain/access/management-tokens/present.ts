import { iso, isoOrNull } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import type { ManagementToken } from "./types.ts";

type Row = Pick<
  Tables["managementTokens"]["$inferSelect"],
  "id" | "name" | "hint" | "scopes" | "createdAt" | "lastUsedAt" | "revokedAt"
>;

/** A management token as its user sees it: never with the hash. */
export function presentManagementToken(row: Row): ManagementToken {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    createdAt: iso(row.createdAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  };
}
