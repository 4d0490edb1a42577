import type { Tx } from "#db/open.ts";
import { storeUsage } from "#engine/aggregation/store-usage.ts";
import type { UsageRow } from "./aggregate.ts";

/** Few enough that one statement stays small. */
const ROWS_A_STATEMENT = 5_000;

/** Adds the rows to the existing counts, as verifiers do. */
export async function writeUsage(tx: Tx, rows: readonly UsageRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const some = rows.slice(at, at + ROWS_A_STATEMENT);
    await storeUsage(
      tx,
      some.map((row) => [
        row.interval,
        row.projectId,
        row.bucket,
        row.keyId,
        row.secretId,
        row.api,
        row.operation,
        row.environment,
        row.code,
        row.count,
        row.code === "VALID" ? row.count : 0,
      ]),
    );
  }
}
