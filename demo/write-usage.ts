import type { Tx } from "#db/open.ts";
import { addUsage } from "#engine/usage/store.ts";
import type { UsageRow } from "./aggregate.ts";

/** Few enough that one statement stays small. */
const ROWS_A_STATEMENT = 5_000;

/** Adds the rows to the existing counts, as verifiers do. `id` is that of the part of the demo that they belong to. */
export async function writeUsage(tx: Tx, id: string, rows: readonly UsageRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const some = rows.slice(at, at + ROWS_A_STATEMENT);
    await addUsage(tx, {
      id: `${id}/${at}`,
      rows: some.map((row) => [
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
    });
  }
}
