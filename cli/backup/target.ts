import type { InValue } from "@libsql/client";
import { USAGE_INTERVALS } from "#core/time.ts";
import { CHANGES_CHANNEL } from "#db/changes.ts";
import { connectClient } from "#db/connect.ts";
import { createPartition, USAGE_TABLES, usagePartition } from "#db/usage-partitions.ts";
import { errorLine } from "../output.ts";
import { openSqliteTransaction } from "./sqlite-transaction.ts";
import { ALL_TABLES_REVERSED, columnList, quoted, TABLES, type TableCopy } from "./tables.ts";

/** One transaction that replaces the contents of a database. Readers see the old state until `commit`. */
export interface Target {
  isEmpty(): Promise<boolean>;
  /** The first column of the result. */
  select(sql: string): Promise<unknown[]>;
  deleteAll(): Promise<void>;
  /** Each line is a JSON array of the table's columns. */
  insert(table: TableCopy, lines: string[]): Promise<void>;
  count(table: TableCopy): Promise<number>;
  endSessions(nowMs: number): Promise<void>;
  /** Ends one-time links for existing accounts, which may have been used since. */
  endAccountLinks(nowMs: number): Promise<void>;
  /** Makes verifiers drop their caches, and commits. Rejects only if nothing was changed, or the database does not say. */
  commit(nowMs: number): Promise<void>;
  /** Rolls back what is not committed. */
  close(): Promise<void>;
}

/** What the databases do differently. */
interface Connection {
  run(sql: string, args?: (string | number)[]): Promise<Record<string, unknown>[]>;
  insertSql(table: TableCopy): string;
  /** Prepares a table for rows, a JSON array. */
  beforeInsert(table: TableCopy, rows: string): Promise<void>;
  /** The audit log rejects deletions, but a restore replaces it. */
  unlockAudit(): Promise<void>;
  lockAudit(): Promise<void>;
  afterInserts(): Promise<void>;
  finish(): Promise<void>;
  /** After the commit: updates what the database plans its queries with. */
  analyze(): Promise<void>;
  close(): Promise<void>;
}

export async function openTarget(url: string): Promise<Target> {
  const connection = url.startsWith("file:") ? await connectSqlite(url) : await connectPostgres(url);
  return targetOn(connection);
}

function targetOn(connection: Connection): Target {
  const { run } = connection;
  const numberOf = async (sql: string) => Number(Object.values((await run(sql))[0] ?? {})[0]);
  const count = ({ name }: TableCopy) => numberOf(`select count(*) from ${quoted(name)}`);
  return {
    async isEmpty() {
      for (const { name } of TABLES) {
        if ((await run(`select 1 as one from ${quoted(name)} limit 1`)).length > 0) return false;
      }
      return true;
    },
    select: async (sql) => (await run(sql)).map((row) => Object.values(row)[0]),
    async deleteAll() {
      await connection.unlockAudit();
      for (const name of ALL_TABLES_REVERSED) await run(`delete from ${quoted(name)}`);
      await connection.lockAudit();
    },
    async insert(table, lines) {
      const rows = `[${lines.join(",")}]`;
      await connection.beforeInsert(table, rows);
      await run(connection.insertSql(table), [rows]);
    },
    count,
    async endSessions(nowMs) {
      await run(`update "sessions" set "ended_at" = ${Math.trunc(nowMs)} where "ended_at" is null`);
    },
    async endAccountLinks(nowMs) {
      await run(`update "account_links" set "ended_at" = ${Math.trunc(nowMs)} where "ended_at" is null`);
    },
    async commit(nowMs) {
      await connection.afterInserts();
      // A verifier whose newest change is gone drops everything it has cached.
      await run(
        `insert into "changes" ("kind", "subject", "at") values ('key', 'restored', ${Math.trunc(nowMs)})`,
      );
      await connection.finish();
      await connection.analyze().catch((error: unknown) => {
        process.stderr.write(
          `${errorLine(error)}; everything is copied, but run "analyze" in the database\n`,
        );
      });
    },
    close: connection.close,
  };
}

async function connectSqlite(url: string): Promise<Connection> {
  const { tx, close } = await openSqliteTransaction(url, "write");
  const run = async (sql: string, args: InValue[] = []) => {
    const { rows, columns } = await tx.execute({ sql, args });
    return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  };
  let triggers: string[] = [];
  return {
    run,
    insertSql(table) {
      const values = table.columns.map(({ kind }, at) =>
        kind === "json" ? `nullif(value -> '$[${at}]', 'null')` : `json_extract(value, '$[${at}]')`,
      );
      return `insert into ${quoted(table.name)} (${columnList(table)}) select ${values.join(", ")} from json_each(?)`;
    },
    beforeInsert: async () => {},
    async unlockAudit() {
      const found = await run(
        "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'audit'",
      );
      triggers = found.map(({ sql }) => String(sql));
      for (const { name } of found) await run(`drop trigger ${quoted(String(name))}`);
    },
    async lockAudit() {
      for (const trigger of triggers) await run(trigger);
    },
    // AUTOINCREMENT continues after the highest number automatically.
    afterInserts: async () => {},
    finish: () => tx.commit(),
    analyze: async () => {},
    close,
  };
}

type PostgresTransaction = Pick<Connection, "run" | "close">;

/** A transaction that locks every table. */
async function lockPostgres(url: string): Promise<PostgresTransaction> {
  const client = await connectClient(url, { query_timeout: 0 });
  const run = async (sql: string, args: (string | number)[] = []) =>
    (await client.query<Record<string, unknown>>(sql, args)).rows;
  const close = async () => {
    // Fails only without a connection, which ends the transaction too.
    await client.query("rollback").catch(() => {});
    // The work is committed or rolled back by now.
    await client.end().catch(() => {});
  };
  try {
    await run("begin");
    await run("set local statement_timeout = 0");
    await run("set local idle_in_transaction_session_timeout = 0");
    await run("set local lock_timeout = '60s'");
    // Nobody writes meanwhile; everyone can read.
    await run(`lock table ${ALL_TABLES_REVERSED.map(quoted).join(", ")} in share row exclusive mode`);
  } catch (error) {
    await close();
    throw error;
  }
  return { run, close };
}

/** Creates the partitions that rows with counts of requests need for their time, each once. */
function partitionCreator(run: Connection["run"]): Connection["beforeInsert"] {
  const created = new Set<string>();
  return async (table, rows) => {
    const interval = USAGE_INTERVALS.find((one) => USAGE_TABLES[one] === table.name);
    if (interval === undefined) return;
    const at = table.columns.findIndex(({ name }) => name === "bucket");
    const buckets = await run(
      `select distinct (v ->> ${at})::int as bucket from jsonb_array_elements($1::jsonb) as v`,
      [rows],
    );
    for (const { bucket } of buckets) {
      const partition = usagePartition(interval, Number(bucket));
      if (created.has(partition.name)) continue;
      const [found] = await run("select to_regclass($1) as name", [quoted(partition.name)]);
      if (found?.name === null) for (const statement of createPartition(partition)) await run(statement);
      created.add(partition.name);
    }
  };
}

async function connectPostgres(url: string): Promise<Connection> {
  const { run, close } = await lockPostgres(url);
  const cast = { text: "", integer: "::bigint", boolean: "::boolean", json: "" };
  return {
    run,
    insertSql(table) {
      const values = table.columns.map(({ kind }, at) =>
        kind === "json" ? `nullif(v -> ${at}, 'null'::jsonb)` : `(v ->> ${at})${cast[kind]}`,
      );
      return `insert into ${quoted(table.name)} (${columnList(table)}) select ${values.join(", ")} from jsonb_array_elements($1::jsonb) as v`;
    },
    beforeInsert: partitionCreator(run),
    unlockAudit: async () => void (await run(`alter table "audit" disable trigger user`)),
    lockAudit: async () => void (await run(`alter table "audit" enable trigger user`)),
    async afterInserts() {
      for (const { name, sequence } of TABLES) {
        if (sequence === null) continue;
        await run(
          `select setval(pg_get_serial_sequence($1, $2), greatest((select max(${quoted(sequence)}) from ${quoted(name)}), nextval(pg_get_serial_sequence($1, $2))))`,
          [quoted(name), sequence],
        );
      }
    },
    async finish() {
      await run(`select pg_notify('${CHANGES_CHANNEL}', '')`);
      await run("commit");
    },
    // Without statistics, the first queries would read whole tables.
    async analyze() {
      await run("begin");
      // A pooler hands the connection to others: nothing may stay set after the transaction.
      await run("set local statement_timeout = 0");
      await run("analyze");
      await run("commit");
    },
    close,
  };
}
