import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";
import { HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";

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
  const { usage } = db.read.t;
  const units = sql<number>`coalesce(sum(${usage.units}), 0)`.mapWith(Number);
  const subject = ({ scope, counter }: Limit): SQL =>
    scope === "key" ? eq(usage.keyId, counter) : eq(usage.projectId, projectOf(counter));
  const counts: UsageBackfill = {
    async ofWindow(limit, nowMs) {
      const windowMs = limit.rate.windowSeconds * 1_000;
      const [interval, lengthMs] =
        windowMs > BY_MINUTE_MS ? (["hour", HOUR_MS] as const) : (["minute", MINUTE_MS] as const);
      const from = startOf(lengthMs, nowMs - windowMs);
      const rows = await db.read.q
        .select({ bucket: usage.bucket, units })
        .from(usage)
        .where(and(subject(limit), eq(usage.interval, interval), gte(usage.bucket, from)))
        .groupBy(usage.bucket)
        .orderBy(usage.bucket);
      return rows
        .filter((row) => row.units > 0)
        .map((row) => ({ agoMs: Math.max(0, nowMs - (row.bucket + lengthMs)), units: row.units }));
    },
    async ofQuota(limit, nowMs) {
      const { start } = periodAt(limit.quota.period, nowMs);
      const [row] = await db.read.q
        .select({ units })
        .from(usage)
        .where(and(subject(limit), eq(usage.interval, "day"), gte(usage.bucket, start)));
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
