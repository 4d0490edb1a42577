import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "#platform/error-code.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import { readIfExists } from "#platform/read-if-exists.ts";

/**
 * The text stored at `path`. If there is none, stores the result of `make`, readable only by its owner. Concurrent
 * processes all get the same text. Throws if the file is empty: an empty secret would protect nothing.
 */
export function readThrough(path: string, make: () => string): string {
  const kept = readIfExists(path);
  if (kept === "")
    throw new Error(`${path} is empty. Restore it from a backup, or delete it to create a new one.`);
  if (kept !== null) return kept;
  makeDirectory(dirname(path));
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  // On the disk before it has its name: after a power cut, it would be an empty file.
  writeFileSync(draft, make(), { mode: 0o600, flag: "wx", flush: true });
  try {
    // Creating a link is atomic and never replaces the link of another process.
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, "utf8");
}
