import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "#cli/build.ts";

/** The first commit whose databases this version upgrades: its migrations are one `0000_init`. */
export const OLDEST_COMMIT = "ba52c002689c7d16dfd3fe02bd304b7c3f19c739";
/** Outside node_modules, below which Node.js runs no TypeScript, and on a disk, because it is built there. */
const FOLDER = process.env.OLDEST_VERSION_DIR ?? "/var/tmp/latchkey-oldest-version";

/** Whether the history reaches back that far: an unpacked archive and a shallow clone have none. */
export function hasOldestVersion(): boolean {
  return spawnSync("git", ["cat-file", "-e", `${OLDEST_COMMIT}^{commit}`], { cwd: ROOT }).status === 0;
}

/** An installation of the oldest version that can be upgraded, with the packages that its lock file names. */
export function installOldestVersion(): string {
  const folder = join(FOLDER, `${OLDEST_COMMIT}-installed`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.partial-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const archive = join(unfinished, "source.tar");
    execFileSync("git", ["archive", "-o", archive, OLDEST_COMMIT], { cwd: ROOT });
    execFileSync("tar", ["-xf", archive, "-C", unfinished]);
    execFileSync("npm", ["ci", "--prefer-offline"], { cwd: unfinished, stdio: "inherit" });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
