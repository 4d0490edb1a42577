import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrateDb } from "#db/migrate.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";

/** A migrated file that every test's database is a copy of. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  const migrated = `file:${join(folder, "migrated.db")}`;
  await migrateDb(migrated);
  // One complete file: some pages may still be in the write-ahead log.
  const client = await openSqliteClient(migrated);
  await client.execute({ sql: "vacuum into ?", args: [join(folder, "template.db")] });
  client.close();
  project.provide("sqliteFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}

declare module "vitest" {
  interface ProvidedContext {
    /** Holds `template.db`; tests put their copies here too. */
    sqliteFolder: string;
  }
}
