import { randomBytes } from "node:crypto";
import { readdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { adminQuery, withDatabase } from "./postgres.ts";

/**
 * Creating a Postgres database takes a hundred times as long as deleting what a test wrote into one, so databases are
 * emptied and used again. The names of the free ones are files in a folder, so that each is taken by one process.
 */
export interface DatabasePool {
  serverUrl: string;
  /** The migrated database that every other is a copy of. */
  template: string;
  /** The statements that make a used database as good as a new copy. */
  reset: string;
  /** Where the free ones are listed. */
  folder: string;
}

/** Reads from the template what has to be deleted and counted from 1 again. */
export async function resetStatements(templateUrl: string): Promise<string> {
  const client = new pg.Client(templateUrl);
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
    );
    const sequences = await client.query<{ name: string }>(
      "select quote_ident(sequencename) as name from pg_sequences where schemaname = 'public'",
    );
    const refill: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query(`select quote_literal(json_agg(t)) as all from ${name} t`);
      if (rows[0].all === null) continue;
      refill.push(`insert into ${name} select * from json_populate_recordset(null::${name}, ${rows[0].all})`);
    }
    return [
      // No trigger fires, neither those that keep the audit log nor those of foreign keys.
      "set session_replication_role = replica",
      ...tables.rows.map(({ name }) => `delete from ${name}`),
      ...refill,
      ...sequences.rows.map(({ name }) => `select setval('${name}', 1, false)`),
    ].join(";");
  } finally {
    await client.end();
  }
}

/** The URL of an empty, migrated database: a used one if there is any, else a new one. */
export async function takeDatabase(pool: DatabasePool): Promise<string> {
  for (const name of await readdir(pool.folder)) {
    if (await claim(join(pool.folder, name))) return withDatabase(pool.serverUrl, name);
  }
  return createDatabase(pool);
}

/** The URL of a new one, for processes of which nobody knows when they let go of it. */
export async function createDatabase({ serverUrl, template }: DatabasePool): Promise<string> {
  const name = `latchkey_test_${randomBytes(8).toString("hex")}`;
  // Copies files instead of writing every page to the log as well.
  await adminQuery(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return withDatabase(serverUrl, name);
}

/** Empties a database that nobody is connected to any more, for the next test. */
export async function giveBackDatabase(pool: DatabasePool, url: string): Promise<void> {
  await adminQuery(url, pool.reset);
  await writeFile(join(pool.folder, new URL(url).pathname.slice(1)), "");
}

/** Only one process can remove a file. */
function claim(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    () => false,
  );
}
