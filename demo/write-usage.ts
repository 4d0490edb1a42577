import { sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { UsageRow } from "./aggregate.ts";

/** Eleven columns per row, and SQLite accepts 32,766 parameters per statement. */
const ROWS_A_STATEMENT = 1_000;

/** Adds the rows to the existing counts. */
export async function writeUsage({ q, t: { usage } }: Tx, rows: readonly UsageRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    await q
      .insert(usage)
      .values(
        rows
          .slice(at, at + ROWS_A_STATEMENT)
          .map((row) => ({ ...row, units: row.code === "VALID" ? row.count : 0 })),
      )
      .onConflictDoUpdate({
        target: [
          usage.interval,
          usage.projectId,
          usage.bucket,
          usage.keyId,
          usage.secretId,
          usage.api,
          usage.operation,
          usage.environment,
          usage.code,
        ],
        set: {
          count: sql`${usage.count} + excluded.count`,
          units: sql`${usage.units} + excluded.units`,
        },
      });
  }
}
