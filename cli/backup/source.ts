import type { Transaction } from "@libsql/client";
import type pg from "pg";
import { connectClient } from "#db/connect.ts";
import { openSqliteTransaction } from "./sqlite-transaction.ts";
import { quoted, type TableCopy } from "./tables.ts";

/** A consistent view of a database: all reads see the same moment, however long they take. */
export interface Source {
  count(table: TableCopy): Promise<number>;
  /** The rows in pages. A row is one line: a JSON array of its columns. */
  pages(table: TableCopy): AsyncGenerator<string[]>;
  close(): Promise<void>;
}

/** A page has about this many bytes, so that large rows don't fill the memory. */
const PAGE_BYTES = 2_000_000;
const MAX_PAGE_ROWS = 5_000;
const FIRST_PAGE_ROWS = 20;
const MAX_GROWTH = 8;

/**
 * Opens a snapshot of the database at `url`. With `lockWrites` (SQLite), no process can write until it is closed.
 */
export function openSource(url: string, { lockWrites = false } = {}): Promise<Source> {
  return url.startsWith("file:") ? openSqlite(url, lockWrites) : openPostgres(url);
}

async function openSqlite(url: string, lockWrites: boolean): Promise<Source> {
  const { tx, close } = await openSqliteTransaction(url, lockWrites ? "write" : "read");
  try {
    // The first read fixes the moment.
    await tx.execute("select count(*) from sqlite_master");
  } catch (error) {
    await close();
    throw error;
  }
  return {
    count: async ({ name }) =>
      Number((await tx.execute(`select count(*) as n from ${quoted(name)}`)).rows[0]?.n),
    pages: (table) => sqlitePages(tx, table),
    close,
  };
}

async function* sqlitePages(tx: Transaction, table: TableCopy): AsyncGenerator<string[]> {
  const values = table.columns.map(({ name, kind }) => {
    if (kind === "json") return `json(${quoted(name)})`;
    if (kind === "boolean") return `json(case ${quoted(name)} when 1 then 'true' when 0 then 'false' end)`;
    return quoted(name);
  });
  const sql = `select rowid as "at", json_array(${values.join(", ")}) as "line" from ${quoted(table.name)} where rowid > ? order by rowid limit ?`;
  let after = Number.MIN_SAFE_INTEGER;
  for (let limit = FIRST_PAGE_ROWS; ; ) {
    const { rows } = await tx.execute({ sql, args: [after, limit] });
    const lines = rows.map((row) => String(row.line));
    if (lines.length > 0) yield lines;
    if (lines.length < limit) return;
    after = Number(rows.at(-1)?.at);
    limit = nextLimit(limit, lines);
  }
}

async function openPostgres(url: string): Promise<Source> {
  const client = await connectClient(url, { query_timeout: 0 });
  const close = async () => {
    await client.query("rollback").catch(() => {});
    await client.end();
  };
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
    await client.query("select 1");
  } catch (error) {
    await close();
    throw error;
  }
  return {
    count: async ({ name }) =>
      Number((await client.query(`select count(*) as n from ${quoted(name)}`)).rows[0]?.n),
    pages: (table) => postgresPages(client, table),
    close,
  };
}

async function* postgresPages(client: pg.Client, table: TableCopy): AsyncGenerator<string[]> {
  const values = table.columns.map(({ name }) => quoted(name)).join(", ");
  await client.query(
    `declare copied no scroll cursor for select json_build_array(${values})::text as line from ${quoted(table.name)}`,
  );
  for (let limit = FIRST_PAGE_ROWS; ; ) {
    const { rows } = await client.query<{ line: string }>(`fetch forward ${limit} from copied`);
    const lines = rows.map(({ line }) => line);
    if (lines.length > 0) yield lines;
    if (lines.length < limit) break;
    limit = nextLimit(limit, lines);
  }
  await client.query("close copied");
}

function nextLimit(limit: number, lines: string[]): number {
  const bytes = lines.reduce((sum, line) => sum + line.length, 0);
  const wanted = Math.floor((limit * PAGE_BYTES) / Math.max(bytes, 1));
  return Math.max(1, Math.min(wanted, limit * MAX_GROWTH, MAX_PAGE_ROWS));
}
