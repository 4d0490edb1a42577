import { NO_LIMITS } from "#core/limits/types.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { endedBy, RESTORABLE_MS, statusOf } from "./status.ts";
import type { Key, KeySecret } from "./types.ts";

export type KeyRow = Tables["keys"]["$inferSelect"];
export type SecretRow = Omit<Tables["secrets"]["$inferSelect"], "hash" | "cutAt">;

/** A key as the contract shows it. `secrets` are the newest first, and never empty. */
export function presentKey(row: KeyRow, secrets: SecretRow[], createdByName: string, nowMs: number): Key {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    environment: row.environment,
    status: statusOf(row, nowMs),
    hint: secrets[0]?.hint ?? "",
    createdAt: iso(row.createdAt),
    createdBy: { id: row.createdBy, name: createdByName },
    expiresAt: isoOrNull(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
    endedBy: endedBy(row),
    restorableUntil: row.revokedAt === null ? null : iso(row.revokedAt + RESTORABLE_MS),
    restrictions: row.restrictions,
    trial: row.trial,
    trialSince: isoOrNull(row.trialSince),
    limits: row.limits ?? NO_LIMITS,
    metadata: row.metadata,
    secrets: secrets.map(presentSecret),
  };
}

function presentSecret(secret: SecretRow): KeySecret {
  return {
    id: secret.id,
    hint: secret.hint,
    createdAt: iso(secret.createdAt),
    lapsesAt: isoOrNull(secret.lapsesAt),
    lastUsedAt: isoOrNull(secret.lastUsedAt),
  };
}
