import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";
import { HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { sumUsage } from "../usage/store.ts";
import type { UsageFilter } from "../usage/types.ts";

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
  const subject = ({ scope, counter }: Limit): UsageFilter["where"] =>
    scope === "key" ? { keyId: [counter] } : { projectId: [projectOf(counter)] };
  const counts: UsageBackfill = {
    async ofWindow(limit, nowMs) {
      const windowMs = limit.rate.windowSeconds * 1_000;
      const [interval, lengthMs] =
        windowMs > BY_MINUTE_MS ? (["hour", HOUR_MS] as const) : (["minute", MINUTE_MS] as const);
      const from = startOf(lengthMs, nowMs - windowMs);
      const rows = await sumUsage(db.read, {
        // With the next bucket: another verifier's clock may be ahead.
        buckets: [{ interval, from, to: nowMs + lengthMs }],
        where: subject(limit),
        by: ["bucket"],
        sums: ["units"],
      });
      return rows
        .filter((row) => row.units > 0)
        .sort((a, b) => a.bucket - b.bucket)
        .map((row) => ({ agoMs: Math.max(0, nowMs - (row.bucket + lengthMs)), units: row.units }));
    },
    async ofQuota(limit, nowMs) {
      const { start } = periodAt(limit.quota.period, nowMs);
      const [row] = await sumUsage(db.read, {
        buckets: [{ interval: "day", from: start }],
        where: subject(limit),
        by: [],
        sums: ["units"],
      });
      return row?.units ?? 0;
    },
  };
  return {
    ofWindow: (...args) => counts.ofWindow(...args).catch(unavailable),
    ofQuota: (...args) => counts.ofQuota(...args).catch(unavailable),
  };
}

function unavailable(cause: unknown): never {
  throw new VerdictUnavailable("the usage counts can't be read", { cause });
}

function projectOf(counter: string): string {
  return counter.split("/", 1)[0] ?? counter;
}
