import type { Db, OpenOptions } from "./database.ts";

export type { Db, DialectName, Scope, Tx } from "./database.ts";

/**
 * Opens `file:…` (SQLite) or `postgres://…`. Throws if the database can't be reached. Loads only the driver, the query
 * builder and the schema that are used, so that processes start quickly.
 */
export async function openDb(url: string, options: OpenOptions = {}): Promise<Db> {
  if (!url.startsWith("file:")) return (await import("./open-postgres.ts")).openPostgres(url, options);
  return (await import("./open-sqlite.ts")).openSqlite(url, options);
}
