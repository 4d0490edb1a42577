import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, openDb } from "#db/open.ts";
import { hasSchema, pendingMigrations } from "#db/pending-migrations.ts";
import { type Actor, type Ctx, createContext, SYSTEM } from "#domain/context.ts";
import { chooseUsageStore } from "#engine/usage/store.ts";
import { errorCode } from "#platform/error-code.ts";
import { describeFileError } from "#platform/file-errors.ts";
import { redactUrl } from "#platform/redact.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { CliError } from "./output.ts";

const RETRY_TIMEOUT_MS = 30_000;
const RETRY_MS = 1_000;
/** The server is unreachable or still starting. Other errors (wrong password, unknown database) are not retried. */
const UNREACHABLE_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ENOTFOUND",
  "ETIMEDOUT",
  "57P03",
]);

/** Opens the database. Retries for up to 30 s while it is unreachable, and reports each failed attempt. */
export async function openWithRetry(
  settings: Pick<Settings, "databaseUrl">,
  report: (line: string) => void,
  timeoutMs = RETRY_TIMEOUT_MS,
): Promise<Db> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await openDb(settings.databaseUrl);
    } catch (error) {
      const reason = reasonOf(error);
      const where = `the database ${redactUrl(settings.databaseUrl)}`;
      if (!isUnreachable(error)) throw new CliError(`${where} can't be opened: ${reason}`);
      if (performance.now() > deadline) {
        throw new CliError(`${where} was unreachable for ${timeoutMs / 1000} s: ${reason}`);
      }
      report(`latchkey: ${where} is unreachable (${reason}); retrying`);
      await sleep(RETRY_MS);
    }
  }
}

/** Runs `work` with the database open. The database must exist and have the current schema. */
export async function withDb<T>(
  work: (db: Db, settings: Settings) => Promise<T>,
  // No command signs sessions or seals secrets.
  settings = parseSettings(process.env, { needsAuthSecret: false }),
): Promise<T> {
  await requireCurrentSchema(settings);
  chooseUsageStore(settings);
  const db = await openDb(settings.databaseUrl).catch((error: unknown) => {
    throw new CliError(`the database ${redactUrl(settings.databaseUrl)} can't be opened: ${reasonOf(error)}`);
  });
  try {
    return await work(db, settings);
  } finally {
    await db.close();
  }
}

/** Throws if the schema of the database is not the one of this version. */
export async function requireCurrentSchema(settings: Settings): Promise<void> {
  const pending = await pendingMigrations(settings.databaseUrl).catch((error: unknown) => {
    throw new CliError(`the database ${redactUrl(settings.databaseUrl)} can't be opened: ${reasonOf(error)}`);
  });
  if (pending > 0 && !(await hasSchema(settings.databaseUrl))) {
    throw new CliError(
      `there is no Latchkey database at ${redactUrl(settings.databaseUrl)}; set LATCHKEY_DATA_DIR or DATABASE_URL as ` +
        "for the portal. For a new deployment, run: npm run -s latchkey -- migrate",
    );
  }
  if (pending > 0) {
    throw new CliError("the database is not up to date; run: npm run -s latchkey -- migrate");
  }
}

/** The context of a command run at the terminal. It sends no mail: links are printed. */
export function cliContext(db: Db, settings: Settings, actor: Actor = SYSTEM): Ctx {
  return createContext({ db, settings }, actor);
}

export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return "unknown reason";
  return error.cause instanceof Error
    ? reasonOf(error.cause)
    : (describeFileError(error) ?? messageOf(error));
}

/** SQLite does not say why it can't open a file, and libSQL shows its number for that. */
function messageOf({ message }: Error): string {
  if (/^ConnectionFailed\(.*: 14"\)$/.test(message)) return "it is a directory, or can't be created there";
  return message === "disk I/O error" ? "the disk is full or broken (disk I/O error)" : message;
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  if (!(error instanceof Error)) return false;
  if (UNREACHABLE_CODES.has(errorCode(error) ?? "")) return true;
  return /timeout|terminated unexpectedly/i.test(error.message) || isUnreachable(error.cause);
}

/**
 * Throws if the data directory belongs to another user: files that this command creates there, such as SQLite's
 * write-ahead log, would be unreadable for the running processes.
 */
export function requireOwner(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
  const user = process.getuid?.();
  if (owner === undefined || user === undefined || owner === user) return;
  throw new CliError(`${dataDir} belongs to another user (uid ${owner}); run this command as that user`);
}
