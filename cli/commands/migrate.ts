import { plural } from "#core/format.ts";
import { migrateDb } from "#db/migrate.ts";
import { pendingMigrations } from "#db/pending-migrations.ts";
import { fillKeyAttributes } from "#domain/keys/fill-attributes.ts";
import { fillSearchIndex } from "#domain/keys/search/fill-index.ts";
import { parseSettings } from "#platform/settings.ts";
import { openWithRetry, withDb } from "../database.ts";
import { printLine, printNotice } from "../output.ts";

/**
 * Applies the pending migrations and prints how many there were. What has to be computed for existing rows follows in
 * short transactions, because a migration locks its tables until it is done.
 */
export async function migrate(): Promise<void> {
  const settings = parseSettings(process.env, { needsAuthSecret: false });
  const db = await openWithRetry(settings, (line) => process.stderr.write(`${line}\n`));
  await db.close();
  const pending = await pendingMigrations(settings.databaseUrl);
  await migrateDb(settings.databaseUrl, { report: printNotice });
  printLine(pending === 0 ? "The database is up to date." : `Applied ${plural(pending, "migration")}.`);
  const filled = await withDb(fillKeyAttributes, settings);
  if (filled > 0) {
    printLine(`The metadata of ${plural(filled, "key")} can be filtered now.`);
  }
  const indexed = await withDb((db) => fillSearchIndex(db, Date.now), settings);
  if (indexed > 0) printLine(`Indexed ${plural(indexed, "more key", "more keys")} for the search.`);
}
