import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { plural } from "#core/format.ts";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { adoptSecrets } from "#domain/secrets/auth-secret.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { readLines } from "../backup/files.ts";
import { stageSegments } from "../backup/journal.ts";
import { authSecretPath, type Manifest, readBackup, tablePath } from "../backup/manifest.ts";
import { Progress } from "../backup/progress.ts";
import { type RevokedSince, revokedSince } from "../backup/revoked-since.ts";
import { readPassphrase, type Secrets, unsealSecrets } from "../backup/sealed-secrets.ts";
import { TABLES } from "../backup/tables.ts";
import { openTarget, type Target } from "../backup/target.ts";
import { cliContext, openWithRetry, reasonOf, requireOwner } from "../database.ts";
import { CliError, printLine, printNotice } from "../output.ts";

interface RestoreOptions {
  /** Replaces the contents of a database that is not empty. */
  force?: boolean;
  keepSessions?: boolean;
  passphraseFile?: string;
}

const BATCH_BYTES = 1_000_000;

/**
 * Replaces the contents of the database with those of the backup in `dir`, in one transaction: other processes see the
 * old state until the new one is complete.
 */
export async function restore(dir: string, options: RestoreOptions): Promise<void> {
  const settings = parseSettings(process.env, { needsAuthSecret: false });
  requireOwner(settings.dataDir);
  const path = resolve(dir);
  const manifest = await readBackup(path);
  const secrets = await secretsIn(path, manifest, options);
  await (await openWithRetry(settings, (line) => process.stderr.write(`${line}\n`))).close();
  await migrateDb(settings.databaseUrl, { report: printNotice });
  const segments = await stageSegments(path, settings.dataDir, manifest.journal);
  let revoked: RevokedSince[];
  try {
    revoked = await replaceDatabase(path, settings, manifest, options);
  } catch (error) {
    await segments.discard();
    throw error;
  }
  try {
    await segments.publish();
    if (secrets !== null) await adoptSecrets(settings.dataDir, secrets);
  } catch (error) {
    throw new CliError(`the database is restored, but not its journal or secrets: ${reasonOf(error)}`);
  }
  const brokenAt = await recordRestore(settings, manifest);
  printSummary(manifest, options, revoked);
  if (secrets !== null)
    printLine(`The auth secrets of the backup are in ${settings.dataDir}, for use without AUTH_SECRET.`);
  if (brokenAt !== null) {
    throw new CliError(`restored, but the audit log of the backup is broken at row ${brokenAt} of the chain`);
  }
}

async function secretsIn(
  dir: string,
  { authSecret }: Manifest,
  { passphraseFile }: RestoreOptions,
): Promise<Secrets | null> {
  if (passphraseFile === undefined) return null;
  if (authSecret === null)
    throw new CliError("--passphrase-file: the backup does not include the auth secret");
  return unsealSecrets(await readFile(authSecretPath(dir), "utf8"), readPassphrase(passphraseFile));
}

async function replaceDatabase(
  dir: string,
  { databaseUrl }: Settings,
  manifest: Manifest,
  { force = false, keepSessions = false }: RestoreOptions,
): Promise<RevokedSince[]> {
  const target = await openTarget(databaseUrl);
  try {
    const isEmpty = await target.isEmpty();
    if (!isEmpty && !force) {
      throw new CliError("the database is not empty; to replace everything in it, add --force");
    }
    const revoked = isEmpty ? [] : await revokedSince(target, manifest.takenAt);
    await target.deleteAll();
    await insertTables(dir, target, manifest);
    const now = Date.now();
    if (!keepSessions) await target.endSessions(now);
    await target.endAccountLinks(now);
    await target.commit(now);
    return revoked;
  } finally {
    await target.close();
  }
}

async function insertTables(dir: string, target: Target, manifest: Manifest): Promise<void> {
  const rowsOf = new Map(manifest.tables.map(({ name, rows }) => [name, rows]));
  const progress = new Progress(manifest.tables.reduce((sum, { rows }) => sum + rows, 0));
  for (const table of TABLES) {
    for await (const lines of readLines(tablePath(dir, table.name), BATCH_BYTES)) {
      await target.insert(table, lines);
      progress.add(lines.length, table.name);
    }
    const rows = await target.count(table);
    if (rows !== rowsOf.get(table.name)) {
      throw new CliError(
        `${table.name} has ${rows} rows instead of ${rowsOf.get(table.name)}; nothing was changed`,
      );
    }
  }
  progress.end();
}

/** Adds a row about the restore to the audit log. Returns where the chain is broken; null if it is intact. */
async function recordRestore(settings: Settings, { takenAt }: Manifest): Promise<number | null> {
  const db = await openDb(settings.databaseUrl, { poolSize: 1 });
  try {
    const { broken } = await verifyAudit(db);
    await db.write((tx) =>
      recordAudit(tx, cliContext(db, settings), {
        action: "database.restored",
        subject: { id: "database", name: `backup of ${new Date(takenAt).toISOString()}` },
        via: "cli",
      }),
    );
    return broken?.position ?? null;
  } finally {
    await db.close();
  }
}

function printSummary(manifest: Manifest, { keepSessions }: RestoreOptions, revoked: RevokedSince[]): void {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  printLine(`Restored ${plural(rows, "row")} and ${plural(manifest.journal.length, "journal segment")}.`);
  printLine(
    keepSessions
      ? "Sessions that were ended after the backup are valid again."
      : "All sessions have ended: everyone signs in again.",
  );
  printLine(
    `Everything that was revoked, disabled, restricted or used after ${new Date(manifest.takenAt).toISOString()} works again.`,
  );
  for (const { what, count, examples } of revoked) {
    printLine(`  ${what}: ${count} (${examples.join(", ")}${count > examples.length ? ", …" : ""})`);
  }
}
