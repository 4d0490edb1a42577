import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { isProcessAlive } from "./process-alive.ts";

const SHARED_MEMORY = "/dev/shm";
const MIN_FREE_BYTES = 4 * 1024 ** 3;
const NAME = /^latchkey-tests-(\d+)-/;

/**
 * Has this process and its children keep temporary files in memory, where the machine has enough of it and `TMPDIR` is
 * not set. On a disk, a test on SQLite spends most of its time waiting until the disk confirms a commit.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR || !hasSpace()) return;
  removeLeftovers();
  const folder = mkdtempSync(join(SHARED_MEMORY, `latchkey-tests-${process.pid}-`));
  // Started by root, Postgres switches to another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

function hasSpace(): boolean {
  try {
    accessSync(SHARED_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    return bavail * bsize >= MIN_FREE_BYTES;
  } catch {
    return false;
  }
}

/** Of runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(SHARED_MEMORY)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    try {
      rmSync(join(SHARED_MEMORY, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}
