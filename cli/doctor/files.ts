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
import { dirname, join } from "node:path";
import { plural } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import { diskSpaceOf } from "#platform/disk-space.ts";
import { describeFileError, fileErrorReason } from "#platform/file-errors.ts";
import type { Settings } from "#platform/settings.ts";
import { type CheckFinding, failed, passed, warned } from "./finding.ts";

const MIN_FREE_BYTES = 256 * 1024 * 1024;
const MAX_BACKUP_AGE_MS = 7 * DAY_MS;
/** Machines' clocks differ. */
const MAX_AHEAD_MS = 60_000;
/** An empty file can be created on a full disk. */
const PROBE_BYTES = 64 * 1024;

type Folder = Pick<Settings, "dataDir">;

/** Whether the journal can be written: without it, nothing can be verified. */
export function checkJournal({ dataDir }: Folder): CheckFinding {
  const journal = join(dataDir, "journal");
  const folder = existsSync(journal) ? journal : dataDir;
  const probe = join(folder, `.doctor-${randomBytes(4).toString("hex")}`);
  try {
    accessSync(folder, constants.W_OK);
    try {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
    } finally {
      rmSync(probe, { force: true });
    }
    return passed("journal", `${folder} is writable`);
  } catch (error) {
    return failed("journal", `${folder} is not writable: ${reasonFor(error)}`);
  }
}

const reasonFor = (error: unknown) => fileErrorReason(error) ?? "unknown reason";

/** The data directory contains the hashes of all secrets and, on SQLite, the secret that signs sessions. */
export function checkFileModes({ dataDir }: Folder): CheckFinding {
  let open: string[];
  try {
    open = filesOpenToOthers([dataDir, ".env"]);
  } catch (error) {
    return failed("files", `${describeFileError(error) ?? dataDir}; run doctor as the user of the processes`);
  }
  const [first] = open;
  if (first === undefined) return passed("files", `other users of this machine cannot read ${dataDir}`);
  const commands = [...new Set(open.map((path) => (path === ".env" ? path : dataDir)))];
  return failed(
    "files",
    `other users of this machine can read ${plural(open.length, "file")}, such as ${first}; run: chmod -R o-rwx ${commands.join(" ")}`,
  );
}

/** Free space of the file systems with the data directory and, on SQLite, the database. */
export async function checkDisk({
  dataDir,
  databaseUrl,
}: Pick<Settings, "dataDir" | "databaseUrl">): Promise<CheckFinding> {
  const folders = [dataDir, ...(databaseUrl.startsWith("file:") ? [folderOfDatabase(databaseUrl)] : [])];
  const fullest = { folder: dataDir, free: Number.POSITIVE_INFINITY };
  for (const folder of folders) {
    try {
      const { free } = await diskSpaceOf(folder);
      if (free < fullest.free) Object.assign(fullest, { folder, free });
    } catch (error) {
      return failed("disk", `the free space of ${folder} can't be read: ${reasonFor(error)}`);
    }
  }
  const message = `${Math.floor(fullest.free / 1024 / 1024)} MiB free for ${fullest.folder}`;
  return fullest.free < MIN_FREE_BYTES
    ? failed("disk", `${message}; when the disk is full, no key is verified and nothing is stored`)
    : passed("disk", message);
}

const folderOfDatabase = (url: string) => dirname(url.slice("file:".length));

/** Where `latchkey backup` and other tools record when they took the last backup. */
export function lastBackupPath(dataDir: string): string {
  return join(dataDir, "last-backup");
}

/**
 * How old the newest backup is, by the time in the file `last-backup` of the data directory. Other backup tools can
 * write it too.
 */
export function checkBackup({ dataDir }: Folder, nowMs: number): CheckFinding {
  const path = lastBackupPath(dataDir);
  if (!existsSync(path)) {
    return warned(
      "backup",
      `none is recorded in this data directory; run latchkey backup, or after each backup with another tool: date -u +%FT%TZ > ${path}`,
    );
  }
  let at: number;
  try {
    at = Date.parse(readFileSync(path, "utf8").trim());
  } catch (error) {
    return failed("backup", `${path} can't be read: ${reasonFor(error)}`);
  }
  if (Number.isNaN(at))
    return failed("backup", `${path} does not contain a time such as 2026-11-29T22:00:00Z`);
  if (at - nowMs > MAX_AHEAD_MS)
    return failed(
      "backup",
      `the last one is recorded at ${new Date(at).toISOString()}, which is in the future`,
    );
  const days = Math.floor((nowMs - at) / DAY_MS);
  const message =
    days < 1 ? "the last one is less than a day old" : `the last one is ${plural(days, "day")} old`;
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
