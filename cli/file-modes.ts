import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** May a user who neither owns the file nor is in its group read or write it? */
const READ_OR_WRITE = 0o006;

/** The files below `roots`, or those themselves, that other users of the machine can read or write. */
export function openToOthers(roots: string[]): string[] {
  return roots.flatMap((root) => {
    const stats = statSync(root, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isFile()) return (stats.mode & READ_OR_WRITE) === 0 ? [] : [root];
    // Nobody else can go past a directory that others may not enter.
    if (!stats.isDirectory() || (stats.mode & 0o001) === 0) return [];
    return openToOthers(readdirSync(root).map((name) => join(root, name)));
  });
}
