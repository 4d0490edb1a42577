import { chmodSync, statSync } from "node:fs";

const OTHERS = 0o007;

/**
 * Removes the access of other users to a SQLite database, which earlier versions created readable for everyone. SQLite
 * gives its journal files the mode of the database. Files of other owners are left unchanged; `doctor` lists them.
 */
export function closeToOthers(databasePath: string): void {
  for (const path of [databasePath, `${databasePath}-wal`, `${databasePath}-shm`]) {
    const mode = statSync(/*turbopackIgnore: true*/ path, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & OTHERS) === 0) continue;
    try {
      chmodSync(/*turbopackIgnore: true*/ path, mode & 0o770);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
    }
  }
}
