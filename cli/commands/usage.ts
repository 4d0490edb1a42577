import { plural } from "#core/format.ts";
import type { Db } from "#db/open.ts";
import { openClickHouse } from "#engine/usage/clickhouse/open.ts";
import { copyUsage as copyAllUsage } from "#engine/usage/copy.ts";
import { redactUrl } from "#platform/redact.ts";
import { Progress } from "../backup/progress.ts";
import { withDb } from "../database.ts";
import { CliError, printLine } from "../output.ts";
import { requireStopped } from "./move.ts";

/** Copies the usage counts of the database to ClickHouse, before verifiers count there. */
export async function copyUsage(): Promise<void> {
  await withDb(async (db, { usageUrl, usageDaysMs }) => {
    if (usageUrl === undefined) throw new CliError("USAGE_URL is not set");
    await requireStopped(db);
    const store = openClickHouse(usageUrl, usageDaysMs);
    const progress = new Progress(await countRows(db));
    try {
      for (const { interval, rows, requests } of await copyAllUsage(db, store, (more) =>
        progress.add(more, "usage"),
      )) {
        progress.end();
        printLine(
          `Copied ${plural(rows, "row")} by ${interval}, ${plural(requests, "request")}, to ${redactUrl(usageUrl)}.`,
        );
      }
    } catch (error) {
      progress.end();
      const reason = error instanceof Error ? error.message : "unknown reason";
      throw new CliError(`the usage was not copied completely (${reason}); run the command again`);
    } finally {
      await store.close();
    }
    printLine(
      "Start portals and verifiers with this USAGE_URL. The counts in the database stay as they are.",
    );
  });
}

async function countRows({ read: { q, t } }: Db): Promise<number> {
  let rows = 0;
  for (const table of [t.usage, t.usageMinutes, t.usageHours, t.usageDays]) rows += await q.$count(table);
  return rows;
}
