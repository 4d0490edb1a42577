import { migrateDb } from "#db/migrate.ts";
import { pendingMigrations } from "#db/pending-migrations.ts";
import { parseSettings } from "#platform/settings.ts";
import { openPatiently } from "../database.ts";
import { say } from "../output.ts";

/** Brings the database to this version's schema and says how many steps that took. */
export async function migrate(): Promise<void> {
  const settings = parseSettings(process.env, { needsAuthSecret: false });
  const db = await openPatiently(settings, (line) => process.stderr.write(`${line}\n`));
  await db.close();
  const pending = await pendingMigrations(settings.databaseUrl);
  await migrateDb(settings.databaseUrl);
  say(pending === 0 ? "The database was up to date." : `Applied ${pending} of the schema's migrations.`);
}
