import pg from "pg";
import { openSqliteClient } from "#db/sqlite-client.ts";
import { testDialect } from "./db.ts";

/** Every column as `table.column type`, with ` not null` if it applies, sorted. */
export function describeTables(url: string): Promise<string[]> {
  return readLines(url, {
    sqlite: `select m.name || '.' || c.name || ' ' || lower(c.type) || iif(c."notnull" or c.pk, ' not null', '') as line
             from sqlite_master m, pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '\\_\\_%' escape '\\'
             and m.name not like 'search_texts_fts%'`,
    postgres: `select table_name || '.' || column_name || ' ' || data_type
               || case is_nullable when 'NO' then ' not null' else '' end as line
               from information_schema.columns where table_schema = 'public'`,
  });
}

/** Every index that a migration names, as `table.index`, sorted. */
export function describeIndexes(url: string): Promise<string[]> {
  return readLines(url, {
    sqlite:
      "select tbl_name || '.' || name as line from sqlite_master where type = 'index' and sql is not null",
    postgres: `select tablename || '.' || indexname as line from pg_indexes where schemaname = 'public'
               and not exists (select 1 from pg_constraint where conname = indexname)`,
  });
}

/** Every trigger with its definition, sorted. */
export function describeTriggers(url: string): Promise<string[]> {
  return readLines(url, {
    sqlite: "select sql as line from sqlite_master where type = 'trigger'",
    postgres: `select pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid) as line
               from pg_trigger t where not t.tgisinternal`,
  });
}

async function readLines(url: string, query: Record<"sqlite" | "postgres", string>): Promise<string[]> {
  if (testDialect() === "sqlite") {
    const client = await openSqliteClient(url);
    const { rows } = await client.execute(query.sqlite);
    client.close();
    return rows.map((row) => String(row.line)).sort();
  }
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ line: string }>(query.postgres);
  await client.end();
  return rows.map((row) => row.line).sort();
}

/** The names of a table's columns, from lines of `describeTables`. */
export function columnsOf(lines: string[], table: string): string[] {
  const own = lines.filter((line) => line.startsWith(`${table}.`));
  return own.map((line) => line.slice(table.length + 1, line.indexOf(" ")));
}
