import { readFileSync } from "node:fs";
import { join } from "node:path";
import { and, desc, gt, isNull, or } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { migrateDb } from "#db/migrate.ts";
import { type Db, openDb } from "#db/open.ts";
import { pendingMigrations } from "#db/pending-migrations.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { MAX_HEARTBEAT_AGE_MS } from "#domain/verifiers.ts";
import { loadSecret } from "#engine/cache/load-facts.ts";
import { fileErrorReason } from "#platform/file-errors.ts";
import { redactUrl } from "#platform/redact.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { hasStoredSecret } from "../backup/sealed-secrets.ts";
import { openSource, type Source } from "../backup/source.ts";
import { stableJson, TABLES } from "../backup/tables.ts";
import { openTarget, type Target } from "../backup/target.ts";
import { requireCurrentSchema, requireOwner } from "../database.ts";
import { CliError, printLine, printNotice } from "../output.ts";
import { startProgress } from "./backup.ts";

interface MoveOptions {
  to?: string;
  toFile?: string;
}

const MAX_SAMPLES = 100;

/**
 * Copies everything from SQLite to an empty Postgres database, in one transaction. Changes nothing in SQLite, and
 * nobody can write there meanwhile.
 */
export async function move(options: MoveOptions): Promise<void> {
  const settings = parseSettings(process.env, { needsAuthSecret: false });
  const to = targetUrl(options);
  if (!settings.databaseUrl.startsWith("file:")) {
    throw new CliError("DATABASE_URL is not SQLite; to copy Postgres, use backup and restore");
  }
  requireOwner(settings.dataDir);
  await requireCurrentSchema(settings);
  const from = await openDb(settings.databaseUrl);
  try {
    await requireStopped(from);
    await (
      await openDb(to, { poolSize: 1 }).catch((error: unknown) => {
        throw new CliError(
          `${redactUrl(to)} can't be opened: ${error instanceof Error ? error.message : "unknown"}`,
        );
      })
    ).close();
    if ((await pendingMigrations(to)) > 0) await migrateDb(to, { report: printNotice });
    const rows = await copyAll(settings.databaseUrl, to);
    const checked = await verifyCopy(from, to);
    printLine(`Moved ${rows} rows to ${redactUrl(to)}. ${checked}`);
    printNextSteps(settings);
  } finally {
    await from.close();
  }
}

function targetUrl({ to, toFile }: MoveOptions): string {
  if ((to === undefined) === (toFile === undefined)) throw new CliError("use either --to or --to-file");
  let url = to ?? "";
  try {
    if (toFile !== undefined) url = readFileSync(toFile, "utf8").trim();
  } catch (error) {
    throw new CliError(`--to-file: ${toFile} can't be read: ${fileErrorReason(error) ?? "unknown reason"}`);
  }
  if (!/^postgres(ql)?:\/\/.+/.test(url)) throw new CliError("the target must be postgres://…");
  return url;
}

/** Throws if a verifier has reported lately. */
export async function requireStopped(db: Db): Promise<void> {
  const { verifiers } = db.read.t;
  const [running] = await db.read.q
    .select({ address: verifiers.address })
    .from(verifiers)
    .where(gt(verifiers.lastSeenAt, Date.now() - MAX_HEARTBEAT_AGE_MS))
    .limit(1);
  if (running === undefined) return;
  throw new CliError(
    `${running.address} is running or was stopped less than ${MAX_HEARTBEAT_AGE_MS / 1_000} s ago; stop the portal and all verifiers, because what they write meanwhile would be lost`,
  );
}

async function copyAll(from: string, to: string): Promise<number> {
  const source = await openSource(from, { lockWrites: true });
  try {
    const target = await openTarget(to);
    try {
      if (!(await target.isEmpty())) {
        throw new CliError(`${redactUrl(to)} is not empty; create a new database for the move`);
      }
      // Empties the tables that are not copied.
      await target.deleteAll();
      const rows = await copyTables(source, target);
      await target.commit(Date.now());
      return rows;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyTables(source: Source, target: Target): Promise<number> {
  const progress = await startProgress(source);
  let total = 0;
  for (const table of TABLES) {
    for await (const lines of source.pages(table)) {
      await target.insert(table, lines);
      progress.add(lines.length, table.name);
    }
    const [before, after] = [await source.count(table), await target.count(table)];
    if (before !== after) {
      throw new CliError(`${table.name} has ${after} rows instead of ${before}; nothing was moved`);
    }
    total += after;
  }
  progress.end();
  return total;
}

/** Checks that the audit log and keys are the same in both. Returns what was checked. */
async function verifyCopy(from: Db, to: string): Promise<string> {
  const db = await openDb(to, { poolSize: 2 });
  try {
    const [before, after] = [await verifyAudit(from), await verifyAudit(db)];
    if (before.head !== after.head || before.rows !== after.rows) {
      throw new CliError("the audit log differs after the move; keep using SQLite and report this");
    }
    const { secrets } = from.read.t;
    const sample = await from.read.q
      .select({ hash: secrets.hash })
      .from(secrets)
      .where(and(or(isNull(secrets.overlapEndsAt), gt(secrets.overlapEndsAt, Date.now()))))
      .orderBy(desc(secrets.createdAt))
      .limit(MAX_SAMPLES);
    for (const { hash } of sample) {
      const [facts, moved] = [await loadSecret(from, hash), await loadSecret(db, hash)];
      if (moved === null || stableJson(facts) !== stableJson(moved)) {
        throw new CliError("a key differs after the move; keep using SQLite and report this");
      }
    }
    return `Compared: all row counts, ${plural(after.rows, "row")} of the audit log, ${plural(sample.length, "key")}.`;
  } finally {
    await db.close();
  }
}

function printNextSteps({ dataDir, authSecret }: Settings): void {
  const steps = [
    "Set DATABASE_URL to the new database, everywhere.",
    ...(authSecret === undefined && hasStoredSecret(dataDir)
      ? [`Set AUTH_SECRET_FILE=${join(dataDir, "auth-secret")} for the portals.`]
      : []),
    `Start with the same data directory, ${dataDir}: its journal is counted into the new database.`,
    "Delete the SQLite file when everything works. It is unchanged.",
  ];
  printLine("Next:");
  for (const [at, step] of steps.entries()) printLine(`  ${at + 1}. ${step}`);
}
