import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import { endOfKey } from "#db/tables/keys.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import type { ProjectRef } from "../projects/schema.ts";
import { KEY_STATUSES, type KeyStatus } from "./schema.ts";
import { hasStatus } from "./status.ts";

/** Keys that expire within this time count as expiring soon. */
const SOON_MS = 14 * DAY_MS;

/** How many keys of a project are in each state. */
export interface KeyCounts extends Record<KeyStatus, number> {
  /** Of the active ones: those that end within 14 days. */
  expiringSoon: number;
  /** Of the disabled ones: those that wait for an owner's approval. */
  pendingApproval: number;
  /** Of the active live ones: those without any restriction. */
  unrestrictedLive: number;
}

/**
 * Counts a project's keys by status, the active ones that expire within 14 days, and the live ones without any
 * restriction.
 */
export async function countKeys({ ctx, input }: Verb<ProjectRef>): Promise<KeyCounts> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const now = ctx.now();
  const [active, disabled, expired, revoked] = KEY_STATUSES.map((status) => hasStatus(t.keys, status, now));
  const soon = and(active, lte(endOfKey(t.keys), now + SOON_MS));
  const [row] = await q
    .select({
      active: countWhere(active),
      disabled: countWhere(disabled),
      expired: countWhere(expired),
      revoked: countWhere(revoked),
      expiringSoon: countWhere(soon),
      pendingApproval: countWhere(and(disabled, eq(t.keys.approval, "pending"))),
      unrestrictedLive: countWhere(and(active, eq(t.keys.environment, "live"), eq(t.keys.restrictedBy, ""))),
    })
    .from(t.keys)
    .where(eq(t.keys.projectId, input.projectId));
  const none = { active: 0, disabled: 0, expired: 0, revoked: 0 };
  return row ?? { ...none, expiringSoon: 0, pendingApproval: 0, unrestrictedLive: 0 };
}

/** How many rows match. */
export function countWhere(condition: SQL | undefined): SQL<number> {
  return sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`.mapWith(Number);
}
