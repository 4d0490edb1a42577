import { randomBytes } from "node:crypto";
import pg from "pg";
import { adminQuery, withDatabase } from "./postgres.ts";

/** The Postgres server of a test run. */
export interface TestPostgres {
  serverUrl: string;
  /** The migrated database, with the functions of `defineTestFunctions`, that every other is a copy of. */
  template: string;
}

/** Of the audit log, of foreign keys, and those that fill search indexes. */
const WITHOUT_TRIGGERS = "set local session_replication_role = replica";

/**
 * Creates two functions in the template: `test.reset()` resets a used database to the template's contents, and
 * `test.state()` returns all rows as texts. As functions, their hundred statements are planned once for each connection
 * and not for each test.
 */
export async function defineTestFunctions(templateUrl: string): Promise<void> {
  const client = new pg.Client(templateUrl);
  await client.connect();
  try {
    const sequences = await client.query<{ name: string }>(
      "select quote_ident(sequencename) as name from pg_sequences where schemaname = 'public'",
    );
    const partitions = await client.query<{ name: string }>(
      "select quote_literal(relname) as name from pg_class where relispartition and relkind = 'r'",
    );
    const tables = await tablesOf(client);
    const statements = [
      ...tables.map((name) => `delete from ${name}`),
      ...(await fillStatements(client)),
      ...sequences.rows.map(({ name }) => `perform setval('${name}', 1, false)`),
    ];
    await client.query(`
      create schema test;
      create function test.reset() returns void language plpgsql as $reset$
        declare partition text;
        begin
          ${dropPartitionsExcept(partitions.rows.map(({ name }) => name))}
          ${WITHOUT_TRIGGERS};
          ${statements.join(";\n")};
        end
      $reset$;
      create function test.state() returns setof text language plpgsql as $state$
        begin
          ${tables.map((name) => `return query select '${name} ' || to_jsonb(r)::text from ${name} r;`).join("\n")}
        end
      $state$`);
  } finally {
    await client.end();
  }
}

/** Statements that give another migrated database the rows and the sequences of this one. */
export async function contentsOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; last: string }>(
      "select quote_ident(sequencename) as name, last_value as last from pg_sequences where schemaname = 'public' and last_value is not null",
    );
    const fill = await fillStatements(client);
    const sequences = rows.map(({ name, last }) => `select setval('${name}', ${last})`);
    return [WITHOUT_TRIGGERS, ...fill, ...sequences].join(";");
  } finally {
    await client.end();
  }
}

/** Without partitions: their rows are rows of their table. */
async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select quote_ident(relname) as name from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace",
  );
  return rows.map(({ name }) => name);
}

/** For each table with rows: statements that replace the rows of the same table by these. */
async function fillStatements(client: pg.Client): Promise<string[]> {
  const statements: string[] = [];
  for (const name of await tablesOf(client)) {
    const { rows } = await client.query(`select quote_literal(json_agg(t)) as all from ${name} t`);
    if (rows[0].all === null) continue;
    const records = `json_populate_recordset(null::${name}, ${rows[0].all})`;
    statements.push(`delete from ${name}`, `insert into ${name} select * from ${records}`);
  }
  return statements;
}

/**
 * A test whose clock passes a year leaves a thousand partitions, and every later query of the database plans for each.
 * The names are literals.
 */
function dropPartitionsExcept(names: string[]): string {
  return `
          for partition in
            select oid::regclass::text from pg_class
            where relispartition and relkind = 'r' and relname <> all (array[${names.join(", ")}]::text[])
          loop
            execute 'drop table ' || partition;
          end loop;`;
}

/** The URL of a new, empty, migrated database. */
export async function createDatabase({ serverUrl, template }: TestPostgres): Promise<string> {
  const name = `latchkey_test_${randomBytes(8).toString("hex")}`;
  // Copies files instead of writing every page to the log as well.
  await adminQuery(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return withDatabase(serverUrl, name);
}
