import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DAY_MS } from "#core/time.ts";
import { diskSpaceOf } from "#platform/disk-space.ts";
import type { Settings } from "#platform/settings.ts";
import { reasonOf } from "../database.ts";
import { type Finding, failed, passed, warned } from "./finding.ts";

const MIN_FREE_BYTES = 256 * 1024 * 1024;
const MAX_BACKUP_AGE_MS = 7 * DAY_MS;

type Folder = Pick<Settings, "dataDir">;

/** Whether the journal can be written: without it, nothing can be verified. */
export function checkJournal({ dataDir }: Folder): Finding {
  const journal = join(dataDir, "journal");
  const folder = existsSync(journal) ? journal : dataDir;
  try {
    accessSync(folder, constants.W_OK);
    const probe = join(folder, `.doctor-${randomBytes(4).toString("hex")}`);
    writeFileSync(probe, "");
    rmSync(probe);
    return passed("journal", `${folder} is writable`);
  } catch (error) {
    return failed("journal", `${folder} is not writable: ${reasonOf(error)}`);
  }
}

/** The data directory contains the hashes of all secrets and, on SQLite, the secret that signs sessions. */
export function checkFileModes({ dataDir }: Folder): Finding {
  const open = filesOpenToOthers([dataDir, ".env"]);
  const [first] = open;
  if (first === undefined) return passed("files", `other users of this machine cannot read ${dataDir}`);
  const commands = [...new Set(open.map((path) => (path === ".env" ? path : dataDir)))];
  return failed(
    "files",
    `other users of this machine can read ${open.length}, for example ${first}; run: chmod -R o-rwx ${commands.join(" ")}`,
  );
}

export async function checkDisk({ dataDir }: Folder): Promise<Finding> {
  try {
    const { free } = await diskSpaceOf(dataDir);
    const message = `${Math.floor(free / 1024 / 1024)} MiB free`;
    return free < MIN_FREE_BYTES
      ? failed("disk", `${message}; keys cannot be verified when the disk is full`)
      : passed("disk", message);
  } catch (error) {
    return failed("disk", `cannot be checked: ${reasonOf(error)}`);
  }
}

/** Where `latchkey backup` and other tools record when they took the last backup. */
export function lastBackupPath(dataDir: string): string {
  return join(dataDir, "last-backup");
}

/**
 * How old the newest backup is, by the time in the file `last-backup` of the data directory. Other backup tools can
 * write it too.
 */
export function checkBackup({ dataDir }: Folder, nowMs: number): Finding {
  const path = lastBackupPath(dataDir);
  if (!existsSync(path)) {
    return warned(
      "backup",
      `none is recorded; run latchkey backup, or after each backup with another tool: date -u +%FT%TZ > ${path}`,
    );
  }
  const at = Date.parse(readFileSync(path, "utf8").trim());
  if (Number.isNaN(at))
    return failed("backup", `${path} does not contain a time such as 2026-11-29T22:00:00Z`);
  const message = `the last one was ${Math.max(0, Math.floor((nowMs - at) / DAY_MS))} days ago`;
  return nowMs - at > MAX_BACKUP_AGE_MS ? failed("backup", message) : passed("backup", message);
}

/** Mode bits that let users outside the owner and the group read or write. */
const READ_OR_WRITE = 0o006;

/** Files in `roots` (files or directories) that other users of this machine can read or write. */
function filesOpenToOthers(roots: string[]): string[] {
  return roots.flatMap((root) => {
    const stats = statSync(root, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isFile()) return (stats.mode & READ_OR_WRITE) === 0 ? [] : [root];
    // Others cannot reach anything inside a directory that they may not enter.
    if (!stats.isDirectory() || (stats.mode & 0o001) === 0) return [];
    return filesOpenToOthers(readdirSync(root).map((name) => join(root, name)));
  });
}
