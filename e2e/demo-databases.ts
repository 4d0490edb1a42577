import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";
import { seedDemo } from "#demo/seed.ts";
import { adminQuery, withDatabase } from "#test/postgres.ts";

const POSTGRES_DEMO = "latchkey_e2e_demo";
const DEMO_FILE = "demo.db";

/** Writes the demo's data once on each database. Every deployment with demo data starts from a copy. */
export async function createDemoDatabases(folder: string, postgresUrl: string): Promise<void> {
  const original = `file:${join(folder, "seeded.db")}`;
  await seed(original);
  // One file: after a seed, pages may still be in the write-ahead log.
  const client = await openSqliteClient(original);
  await client.execute({ sql: "vacuum into ?", args: [join(folder, DEMO_FILE)] });
  client.close();
  await adminQuery(postgresUrl, `drop database if exists ${POSTGRES_DEMO} with (force)`);
  await adminQuery(postgresUrl, `create database ${POSTGRES_DEMO}`);
  await seed(withDatabase(postgresUrl, POSTGRES_DEMO));
  Object.assign(process.env, { E2E_FOLDER: folder, E2E_POSTGRES_URL: postgresUrl });
}

async function seed(url: string): Promise<void> {
  await migrateDb(url);
  const db = await openDb(url, { poolSize: 1 });
  await seedDemo({ db, nowMs: Date.now(), keyPrefix: "lk" });
  await db.close();
}

/** The SQLite file with the demo's data. */
export function sqliteDemoFile(): string {
  return join(fromGlobalSetup("E2E_FOLDER"), DEMO_FILE);
}

/** The URL of a new Postgres database: empty, or with the demo's data. */
export async function newPostgresDatabase({ demo }: { demo: boolean }): Promise<string> {
  const server = fromGlobalSetup("E2E_POSTGRES_URL");
  const name = `latchkey_e2e_${randomBytes(6).toString("hex")}`;
  await adminQuery(server, `create database ${name}${demo ? ` template ${POSTGRES_DEMO}` : ""}`);
  return withDatabase(server, name);
}

function fromGlobalSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the global setup did not run`);
  return value;
}
