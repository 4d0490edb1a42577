import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { countWhere } from "../keys/count.ts";
import { whereAllKeys } from "./filter.ts";
import type { AllKeysFilter } from "./schema.ts";

const live = { status: "active", environment: "live" } as const;

/** The key counts shown to administrators, each with the filter of the list that shows these keys. */
export const KEY_TOTALS = {
  active: { status: "active" },
  disabled: { status: "disabled" },
  expired: { status: "expired" },
  revoked: { status: "revoked" },
  /** Active keys by the age of their current secret. */
  secretUnder30Days: { status: "active", secretNewerThanDays: 30 },
  secretUnder90Days: { status: "active", secretOlderThanDays: 30, secretNewerThanDays: 90 },
  secretUnder1Year: { status: "active", secretOlderThanDays: 90, secretNewerThanDays: 365 },
  secretOver1Year: { status: "active", secretOlderThanDays: 365 },
  /** Findings that require action. */
  unrestrictedLive: { ...live, restricted: "none" },
  liveWithoutApplication: { ...live, restricted: "no-application" },
  secretOver90Days: { status: "active", secretOlderThanDays: 90 },
  unusedFor90Days: { status: "active", unusedForDays: 90 },
  leaked: { leaked: true },
  /** Keys that the policy would reject today, including disabled and expired ones, which could be used again. */
  unboundLive: { status: "not-revoked", environment: "live", restricted: "no-application" },
} as const satisfies Record<string, AllKeysFilter>;

export type KeyTotal = keyof typeof KEY_TOTALS;

/** The number of keys in each list, read at once. */
export async function countKeyTotals({ db, now }: Ctx): Promise<Record<KeyTotal, number>> {
  const { q, t } = db.read;
  const nowMs = now();
  const figures = Object.entries(KEY_TOTALS);
  const [counted = {}] = await q
    .select(
      Object.fromEntries(
        figures.map(([name, filter]) => [name, countWhere(whereAllKeys(db.read, filter, nowMs))]),
      ),
    )
    .from(t.keys)
    .innerJoin(t.projects, and(eq(t.projects.id, t.keys.projectId), isNull(t.projects.deletedAt)));
  return counted as Record<KeyTotal, number>;
}
