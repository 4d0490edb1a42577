import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Mode bits that let users outside the owner and the group read or write. */
const READ_OR_WRITE = 0o006;

/** Files in `roots` (files or directories) that other users of this machine can read or write. */
export function filesOpenToOthers(roots: string[]): string[] {
  return roots.flatMap((root) => {
    const stats = statSync(root, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isFile()) return (stats.mode & READ_OR_WRITE) === 0 ? [] : [root];
    // Others cannot reach anything inside a directory that they may not enter.
    if (!stats.isDirectory() || (stats.mode & 0o001) === 0) return [];
    return filesOpenToOthers(readdirSync(root).map((name) => join(root, name)));
  });
}
