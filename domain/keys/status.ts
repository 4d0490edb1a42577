import { and, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { type EndedBy, endOfKey } from "#db/tables/keys.ts";
import { type Ctx, hasScope, isAdmin, isByToken } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Key, KeyStatus } from "./schema.ts";

/** How long a revoked key can be restored. */
export const RESTORABLE_MS = 30 * DAY_MS;

type Expiry = Pick<Tables["keys"]["$inferSelect"], "expiresAt" | "lifeEndsAt">;

/** When a key stops working, as verifiers see it: at its expiry, or at the end of its maximum lifetime. Null for never. */
export function endOf({ expiresAt, lifeEndsAt }: Expiry): number | null {
  if (expiresAt === null || lifeEndsAt === null) return expiresAt ?? lifeEndsAt;
  return Math.min(expiresAt, lifeEndsAt);
}

/** The status of a key: permanent states take precedence. */
export function keyStatusOf(
  key: Expiry & { revokedAt: number | null; enabled: boolean },
  nowMs: number,
): KeyStatus {
  if (key.revokedAt !== null) return "revoked";
  if (!key.enabled) return "disabled";
  const end = endOf(key);
  return end !== null && nowMs >= end ? "expired" : "active";
}

/** Whether the key was revoked so long ago that it can't be restored. */
export function isPastRestore(key: { revokedAt: number | null }, nowMs: number): boolean {
  return key.revokedAt !== null && nowMs >= key.revokedAt + RESTORABLE_MS;
}

/** The same rule as `keyStatusOf`, as SQL. */
export function hasStatus(keys: Tables["keys"], status: KeyStatus, nowMs: number): SQL | undefined {
  const standing = isNull(keys.revokedAt);
  switch (status) {
    case "revoked":
      return isNotNull(keys.revokedAt);
    case "disabled":
      return and(standing, eq(keys.enabled, false));
    case "expired":
      // Written as in the condition of the index `keys_ending`.
      return and(standing, eq(keys.enabled, true), isNotNull(endOfKey(keys)), lte(endOfKey(keys), nowMs));
    case "active":
      return and(
        standing,
        eq(keys.enabled, true),
        or(isNull(keys.expiresAt), gt(keys.expiresAt, nowMs)),
        or(isNull(keys.lifeEndsAt), gt(keys.lifeEndsAt, nowMs)),
      );
  }
}

/** Only a higher rank can replace who ended a key, so that nobody can weaken an earlier decision. */
const RANK: Record<EndedBy, number> = { member: 0, leak: 1, policy: 2, admin: 3 };

/** The rank with which the actor ends a key. The operator in the CLI counts as an administrator. */
export function actorRank({ actor }: Pick<Ctx, "actor">): EndedBy {
  switch (actor.kind) {
    case "user":
      return isAdmin(actor) ? "admin" : "member";
    case "project":
    case "visitor":
    case "scim":
      return "member";
    case "system":
      return "admin";
  }
}

/**
 * Whether the actor may undo what an administrator or a policy decided: administrators, by token only
 * with `admin:write`.
 */
function canOverrule(ctx: Ctx): boolean {
  const { actor } = ctx;
  if (actorRank(ctx) !== "admin") return false;
  return !isByToken(actor) || hasScope(actor, "admin:write");
}

/** Whether `by` outranks who ended the key before. If older versions did not store that, a member counts. */
export function outranks(by: EndedBy, endedBy: EndedBy | null): boolean {
  return RANK[by] > RANK[endedBy ?? "member"];
}

/** The same rule as `outranks`, as SQL; undefined if `by` outranks nobody. */
export function isOutranked(
  endedBy: Tables["keys"]["revokedBy"] | Tables["keys"]["disabledBy"],
  by: EndedBy,
): SQL | undefined {
  const lower = (["member", "leak", "policy", "admin"] as const).filter((other) => outranks(by, other));
  return lower.length === 0 ? undefined : or(isNull(endedBy), inArray(endedBy, lower));
}

/** Who revoked or disabled the key; null while it can be used, and if unknown. */
export function endedBy(
  key: Pick<Tables["keys"]["$inferSelect"], "revokedAt" | "revokedBy" | "enabled" | "disabledBy">,
): EndedBy | null {
  if (key.revokedAt !== null) return key.revokedBy;
  return key.enabled ? null : key.disabledBy;
}

const WHY: Record<Exclude<EndedBy, "member">, (done: string) => string> = {
  admin: (done) => `An administrator ${done} this key.`,
  policy: (done) => `A policy ${done} this key.`,
  leak: (done) => `This key was ${done} because a secret of it was found in public.`,
};

type Reactivation = "restore" | "enable";

/**
 * Why the actor may not reactivate a key that `by` ended, and who may; null if the actor may. Only administrators
 * reactivate what an administrator or a policy ended (docs/integrate/key-lifecycle.md).
 */
export function reactivationBlocker(ctx: Ctx, by: EndedBy | null, what: Reactivation): string | null {
  if (by === null || by === "member" || canOverrule(ctx)) return null;
  const why = WHY[by](what === "restore" ? "revoked" : "disabled");
  const way =
    by === "leak" && what === "enable"
      ? "Rotate the key to end the leaked secret and enable the key. Without a rotation, only an administrator can enable it."
      : `Only an administrator can ${what} it.`;
  return `${why} ${way}`;
}

/** The same for a key as the API shows it; null for a key that can be used. */
export function keyReactivationBlocker(
  ctx: Ctx,
  { status, endedBy: by, approval }: Pick<Key, "status" | "endedBy" | "approval">,
) {
  if (status === "disabled" && approval?.status === "pending")
    return "This key waits for the approval of a project owner.";
  return reactivationBlocker(ctx, by, status === "revoked" ? "restore" : "enable");
}

/** Throws `forbidden` with the text of `reactivationBlocker` if the actor may not reactivate the key. */
export function requireReactivatable(ctx: Ctx, by: EndedBy | null, what: Reactivation): void {
  const why = reactivationBlocker(ctx, by, what);
  if (why !== null) throw new DomainError("forbidden", why);
}
