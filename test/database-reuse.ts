import { randomBytes } from "node:crypto";
import { readdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { adminQuery, withDatabase } from "./postgres.ts";

/**
 * Creating a Postgres database takes a hundred times as long as emptying one, so tests reuse databases. Each free
 * database is a file in a folder, and a process claims it by removing the file.
 */
export interface DatabasePool {
  serverUrl: string;
  /** The migrated database that every other is a copy of. */
  template: string;
  /** The statements that reset a used database to the template's contents. */
  reset: string;
  /** Has one file for each free database. */
  folder: string;
}

/** Generates the statements from the template's tables and sequences. */
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
    const partitions = await client.query<{ name: string }>(
      "select quote_literal(relname) as name from pg_class where relispartition and relkind = 'r'",
    );
    return [
      dropPartitionsExcept(partitions.rows.map(({ name }) => name)),
      // Disables triggers: those that protect the audit log and those of foreign keys.
      "set local session_replication_role = replica",
      ...tables.rows.map(({ name }) => `delete from ${name}`),
      ...refill,
      ...sequences.rows.map(({ name }) => `select setval('${name}', 1, false)`),
    ].join(";");
  } finally {
    await client.end();
  }
}

/**
 * A test whose clock passes a year leaves a thousand partitions, and every later query of the database plans for each.
 * The names are literals.
 */
function dropPartitionsExcept(names: string[]): string {
  return `do $$
    declare partition text;
    begin
      for partition in
        select oid::regclass::text from pg_class
        where relispartition and relkind = 'r' and relname <> all (array[${names.join(", ")}]::text[])
      loop
        execute 'drop table ' || partition;
      end loop;
    end $$`;
}

/** The URL of an empty, migrated database, reused if possible. */
export async function takeDatabase(pool: DatabasePool): Promise<string> {
  for (const name of await readdir(pool.folder)) {
    if (await claim(join(pool.folder, name))) return withDatabase(pool.serverUrl, name);
  }
  return createDatabase(pool);
}

/** The URL of a new database, for processes whose end the test does not control. */
export async function createDatabase({ serverUrl, template }: DatabasePool): Promise<string> {
  const name = `latchkey_test_${randomBytes(8).toString("hex")}`;
  // Copies files instead of writing every page to the log as well.
  await adminQuery(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return withDatabase(serverUrl, name);
}

/** Leaves an empty database without connections to other processes. */
export async function releaseDatabase(pool: DatabasePool, url: string): Promise<void> {
  await writeFile(join(pool.folder, new URL(url).pathname.slice(1)), "");
}

/** Only one process can remove a file. */
function claim(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    () => false,
  );
}
