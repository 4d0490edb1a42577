import { chmodSync, statSync } from "node:fs";

const OTHERS = 0o007;

/**
 * Takes a SQLite database from other users of the machine that an earlier version made readable to them. SQLite
 * gives its journal files the mode of the database. Files of another owner stay as they are: `doctor` names them.
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
