import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";
import { HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { sumUsage } from "../usage/store.ts";
import type { UsageFilter } from "../usage/types.ts";
import { policyUnits } from "./policy-units.ts";

/** Units that were allowed some time ago. */
export interface PassedBefore {
  agoMs: number;
  units: number;
}

/** Reads the value of a lost or new limit counter from the usage counts. */
export interface UsageBackfill {
  /** Oldest first, each at the latest possible time. Rejects with `VerdictUnavailable` if usage can't be read. */
  ofWindow(limit: Limit & { kind: "rate" }, nowMs: number): Promise<PassedBefore[]>;
  ofQuota(limit: Limit & { kind: "quota" }, nowMs: number): Promise<number>;
}

/** Longer windows are read from the hourly counts. */
const BY_MINUTE_MS = 2 * HOUR_MS;

/** Reads the usage counts, which may lack the last second or two. */
export function usageBackfill(db: Db): UsageBackfill {
  const sum = (limit: Limit, buckets: UsageFilter["buckets"]) => sumUnits(db, limit, buckets);
  const counts: UsageBackfill = {
    async ofWindow(limit, nowMs) {
      const windowMs = limit.rate.windowSeconds * 1_000;
      const [interval, lengthMs] =
        windowMs > BY_MINUTE_MS ? (["hour", HOUR_MS] as const) : (["minute", MINUTE_MS] as const);
      const from = startOf(lengthMs, nowMs - windowMs);
      // With the next bucket: another verifier's clock may be ahead.
      const units = await sum(limit, [{ interval, from, to: nowMs + lengthMs }]);
      return [...units]
        .filter(([, units]) => units > 0)
        .sort(([a], [b]) => a - b)
        .map(([bucket, units]) => ({ agoMs: Math.max(0, nowMs - (bucket + lengthMs)), units }));
    },
    async ofQuota(limit, nowMs) {
      const { start } = periodAt(limit.quota.period, nowMs);
      const units = await sum(limit, [{ interval: "day", from: start }]);
      return [...units.values()].reduce((all, ofDay) => all + ofDay, 0);
    },
  };
  return {
    ofWindow: (...args) => counts.ofWindow(...args).catch(unavailable),
    ofQuota: (...args) => counts.ofQuota(...args).catch(unavailable),
  };
}

/** The units that a limit counts, by start of their bucket. */
async function sumUnits(
  db: Db,
  { scope, counter, projectId, policy }: Limit,
  buckets: UsageFilter["buckets"],
): Promise<Map<number, number>> {
  if (policy === undefined) {
    const where: UsageFilter["where"] = scope === "key" ? { keyId: [counter] } : { projectId: [projectId] };
    const rows = await sumUsage(db.read, { buckets, where, by: ["bucket"], sums: ["units"] });
    return new Map(rows.map(({ bucket, units }) => [bucket, units]));
  }
  return policyUnits(db.read, { projectId, policy }, buckets);
}

function unavailable(cause: unknown): never {
  throw new VerdictUnavailable("the usage counts can't be read", { cause });
}
