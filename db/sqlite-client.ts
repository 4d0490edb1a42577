import { chmodSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Client } from "@libsql/client";
import { errorCode } from "#platform/error-code.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import { retryBusy } from "./retry-busy.ts";

// busy_timeout blocks the event loop while it waits, so it is short and `write` retries instead.
const PRAGMAS = [
  "busy_timeout = 20",
  "journal_mode = WAL",
  // A revocation that was answered must survive a power cut.
  "synchronous = FULL",
  "foreign_keys = ON",
  // Otherwise INSERT OR REPLACE would delete rows of the audit log without running its triggers.
  "recursive_triggers = ON",
  "temp_store = MEMORY",
  "cache_size = -32000",
];

/** Opens one SQLite connection with the pragmas that every connection needs. */
export async function openSqliteClient(url: string): Promise<Client> {
  const path = url.slice("file:".length);
  makeDirectory(dirname(path));
  const { createClient } = await import("@libsql/client/sqlite3");
  // A pool of one, so that the pragmas are set on the connection that is used.
  const client = createClient({ url, concurrency: 1 });
  try {
    await setPragmas(client);
    // Only now it is certain to be a database, and not a file or directory that a wrong setting names.
    closeToOthers(path);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

export async function setPragmas(client: Client): Promise<void> {
  const all = async () => {
    for (const pragma of PRAGMAS) await client.execute(`PRAGMA ${pragma}`);
  };
  await retryBusy(all, async () => client.reconnect());
}

/** The mode bits of other users. */
const OTHERS = 0o007;

/**
 * Removes the access of other users to a SQLite database, which earlier versions created readable for everyone. SQLite
 * gives its journal files the mode of the database. Files of other owners are left unchanged; `doctor` lists them.
 */
function closeToOthers(databasePath: string): void {
  for (const path of [databasePath, `${databasePath}-wal`, `${databasePath}-shm`]) {
    const found = statSync(/*turbopackIgnore: true*/ path, { throwIfNoEntry: false });
    if (!found?.isFile() || (found.mode & OTHERS) === 0) continue;
    try {
      chmodSync(/*turbopackIgnore: true*/ path, found.mode & 0o770);
    } catch (error) {
      if (errorCode(error) !== "EPERM") throw error;
    }
  }
}
