import { and, eq, gt, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import type { KeyStatus } from "./types.ts";

/** How long a revoked key can be brought back. */
export const RESTORABLE_MS = 30 * 86_400_000;

/** The status of a key: permanent states take precedence. */
export function statusOf(
  key: { revokedAt: number | null; enabled: boolean; expiresAt: number | null },
  nowMs: number,
): KeyStatus {
  if (key.revokedAt !== null) return "revoked";
  if (!key.enabled) return "disabled";
  return key.expiresAt !== null && nowMs >= key.expiresAt ? "expired" : "active";
}

/** Whether the key was revoked so long ago that it can't be restored. */
export function isPastRestore(key: { revokedAt: number | null }, nowMs: number): boolean {
  return key.revokedAt !== null && nowMs >= key.revokedAt + RESTORABLE_MS;
}

/** The same rule as `statusOf`, as SQL. */
export function hasStatus(keys: Tables["keys"], status: KeyStatus, nowMs: number): SQL | undefined {
  const standing = isNull(keys.revokedAt);
  switch (status) {
    case "revoked":
      return isNotNull(keys.revokedAt);
    case "disabled":
      return and(standing, eq(keys.enabled, false));
    case "expired":
      return and(standing, eq(keys.enabled, true), lte(keys.expiresAt, nowMs));
    case "active":
      return and(standing, eq(keys.enabled, true), or(isNull(keys.expiresAt), gt(keys.expiresAt, nowMs)));
  }
}
