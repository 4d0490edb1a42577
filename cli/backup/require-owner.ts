import { statSync } from "node:fs";
import { CliError } from "../output.ts";

/**
 * Throws if the data directory belongs to another user: files that this command creates there, such as SQLite's
 * write-ahead log, would be unreadable for the running processes.
 */
export function requireOwner(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
  const user = process.getuid?.();
  if (owner === undefined || user === undefined || owner === user) return;
  throw new CliError(`${dataDir} belongs to another user (uid ${owner}); run this command as that user`);
}
