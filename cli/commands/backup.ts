import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { plural } from "#core/format.ts";
import { iso } from "#core/time.ts";
import { readAuthSecrets } from "#domain/secrets/auth-secret.ts";
import { fileErrorReason } from "#platform/file-errors.ts";
import { withLock } from "#platform/lock.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import packageJson from "../../package.json" with { type: "json" };
import { LineWriter, sha256Of, syncDirectory } from "../backup/files.ts";
import { LinkedSegments } from "../backup/journal.ts";
import { authSecretPath, columnNames, type Manifest, tablePath, writeManifest } from "../backup/manifest.ts";
import { Progress } from "../backup/progress.ts";
import { hasStoredSecret, readPassphrase, sealSecrets } from "../backup/sealed-secrets.ts";
import { openSource, type Source } from "../backup/source.ts";
import { TABLES } from "../backup/tables.ts";
import { reasonOf, requireCurrentSchema, requireOwner } from "../database.ts";
import { lastBackupPath } from "../doctor/files.ts";
import { CliError, printLine } from "../output.ts";

/** After the name of a backup that is being written, and before the process id of the command. */
const PARTIAL = ".partial-";

interface BackupOptions {
  /** A file with a passphrase: the auth secrets are included, sealed with it. */
  passphraseFile?: string;
}

/**
 * Writes a consistent copy of the database and of what is not counted yet into the new directory `dir`, while
 * everything runs. The directory gets its name when it is complete.
 */
export async function backup(dir: string, { passphraseFile }: BackupOptions): Promise<void> {
  const settings = parseSettings(process.env, { needsAuthSecret: passphraseFile !== undefined });
  const passphrase = passphraseFile === undefined ? null : readPassphrase(passphraseFile);
  requireOwner(settings.dataDir);
  await requireCurrentSchema(settings);
  const path = resolve(dir);
  // Another run may write to the same path: it must be complete before this one looks.
  await withLock(join(settings.dataDir, "backup.lock"), async () => {
    await requireEmpty(path);
    const partial = `${path}${PARTIAL}${process.pid}`;
    try {
      await makePartial(partial, path);
      const manifest = await writeBackup(partial, settings, passphrase);
      await syncDirectory(partial);
      await rename(partial, path);
      await syncDirectory(dirname(path));
      printSummary(path, manifest);
      await recordBackup(settings.dataDir, manifest.takenAt);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw withTargetName(error, path);
    }
  });
}

async function requireEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new CliError(`the backup can't be written to ${path}: ${fileErrorReason(error) ?? error.message}`);
  });
  if (names.length > 0) throw new CliError(`${path} is not empty; each backup needs a new directory`);
}

/** Creates the directory that becomes the backup, and removes what killed runs left. */
async function makePartial(partial: string, path: string): Promise<void> {
  const [parent, prefix] = [dirname(path), `${basename(path)}${PARTIAL}`];
  makeDirectory(parent);
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  for (const folder of [partial, join(partial, "tables"), join(partial, "journal")]) {
    await mkdir(folder, { mode: 0o700 });
  }
}

/** An error about the target names the directory that was given, and not a file in it. */
function withTargetName(error: unknown, path: string): unknown {
  const reason = fileErrorReason(error);
  if (reason === null) return error;
  // A stream's error has no path. Only the target is written with streams.
  const failedAt = error instanceof Error && "path" in error ? String(error.path) : path;
  const isOfTarget = failedAt.startsWith(path) || path.startsWith(failedAt);
  return isOfTarget ? new CliError(`the backup can't be written to ${path}: ${reason}`) : error;
}

async function writeBackup(
  dir: string,
  settings: Settings,
  passphrase: string | null,
): Promise<Omit<Manifest, "format">> {
  const segments = new LinkedSegments(settings.dataDir);
  await segments.release();
  try {
    await segments.linkAll();
    const source = await openSource(settings.databaseUrl);
    try {
      const takenAt = Date.now();
      await segments.linkAll();
      const manifest = {
        version: packageJson.version,
        takenAt,
        tables: await writeTables(dir, source),
        journal: await segments.copyTo(dir),
        authSecret: passphrase === null ? null : await writeSecrets(dir, settings, passphrase),
      };
      await writeManifest(dir, manifest);
      return manifest;
    } finally {
      await source.close();
    }
  } finally {
    await segments.release();
  }
}

async function writeTables(dir: string, source: Source): Promise<Manifest["tables"]> {
  const progress = await startProgress(source);
  const written: Manifest["tables"] = [];
  for (const table of TABLES) {
    const file = new LineWriter(tablePath(dir, table.name));
    let rows = 0;
    for await (const lines of source.pages(table)) {
      await file.write(lines);
      rows += lines.length;
      progress.add(lines.length, table.name);
    }
    written.push({ name: table.name, columns: columnNames(table), rows, sha256: await file.finish() });
  }
  progress.end();
  return written;
}

/** A progress bar over all rows of the source. */
export async function startProgress(source: Source): Promise<Progress> {
  let total = 0;
  // Counting takes seconds on a large database, and nobody sees the result.
  if (process.stderr.isTTY) for (const table of TABLES) total += await source.count(table);
  return new Progress(total);
}

async function writeSecrets(dir: string, settings: Settings, passphrase: string): Promise<string> {
  if (settings.authSecret === undefined && !hasStoredSecret(settings.dataDir)) {
    throw new CliError(
      `${settings.dataDir} has no auth-secret yet; the first start of the portal creates it`,
    );
  }
  const { current, accepted } = readAuthSecrets(settings);
  const sealed = sealSecrets({ current, accepted: [...accepted] }, passphrase);
  await writeFile(authSecretPath(dir), sealed, { mode: 0o600, flag: "wx", flush: true });
  return sha256Of(authSecretPath(dir));
}

/** For `latchkey doctor`, which warns when the last backup is old. */
async function recordBackup(dataDir: string, takenAt: number): Promise<void> {
  const file = lastBackupPath(dataDir);
  // Another backup may end at the same time.
  const written = `${file}.${process.pid}`;
  try {
    // Renamed into place, because doctor may be reading the file.
    await writeFile(written, `${iso(takenAt)}\n`, { mode: 0o600 });
    await rename(written, file);
  } catch (error) {
    throw new CliError(`the backup is complete, but ${file} can't be written: ${reasonOf(error)}`);
  }
}

function printSummary(path: string, { tables, journal, authSecret }: Omit<Manifest, "format">): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  printLine(`Backed up ${plural(rows, "row")} and ${plural(journal.length, "journal segment")} to ${path}.`);
  printLine(
    authSecret === null
      ? "The auth secret is not included: keep it elsewhere."
      : "The auth secret is included, sealed with the passphrase.",
  );
}
