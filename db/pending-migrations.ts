import { existsSync, readFileSync } from "node:fs";
import { createClient } from "@libsql/client/sqlite3";
import { connectClient } from "./connect.ts";

/** How many migrations the database at `url` still lacks; 0 when it is current. Changes nothing. */
export async function pendingMigrations(url: string): Promise<number> {
  const dialect = url.startsWith("file:") ? "sqlite" : "postgres";
  const appliedUpTo = dialect === "sqlite" ? await lastOfFile(url) : await lastOfServer(url);
  return journalTimes(dialect).filter((when) => when > appliedUpTo).length;
}

/** When each migration was generated: what Drizzle's migrator compares too. */
function journalTimes(dialect: "sqlite" | "postgres"): number[] {
  const path = new URL(`./migrations/${dialect}/meta/_journal.json`, import.meta.url);
  const journal: { entries: { when: number }[] } = JSON.parse(readFileSync(path, "utf8"));
  return journal.entries.map((entry) => entry.when);
}

async function lastOfFile(url: string): Promise<number> {
  if (!existsSync(url.slice("file:".length))) return 0;
  const client = createClient({ url });
  try {
    const found = await client.execute("select 1 from sqlite_master where name = '__drizzle_migrations'");
    if (found.rows.length === 0) return 0;
    const { rows } = await client.execute("select max(created_at) as last from __drizzle_migrations");
    return Number(rows[0]?.last ?? 0);
  } finally {
    client.close();
  }
}

async function lastOfServer(url: string): Promise<number> {
  const client = await connectClient(url);
  try {
    const found = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
    if (found.rows[0]?.name === null) return 0;
    const { rows } = await client.query("select max(created_at) as last from drizzle.__drizzle_migrations");
    return Number(rows[0]?.last ?? 0);
  } finally {
    await client.end();
  }
}
