import { setTimeout as sleep } from "node:timers/promises";
import { type Db, openDb } from "#db/open.ts";
import { pendingMigrations } from "#db/pending-migrations.ts";
import type { Actor, Ctx } from "#domain/context.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { CliError } from "./output.ts";

const GIVE_UP_MS = 30_000;
const RETRY_MS = 1_000;
/** The server is away or still starting; anything else (a wrong password, no such database) stays wrong. */
const AWAY = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ENOTFOUND",
  "ETIMEDOUT",
  "57P03",
]);

/** The database's address as people may see it. */
export function shownUrl(url: string): string {
  return url.replace(/:\/\/([^:@/]+):[^@]*@/, "://$1:…@");
}

/** Opens the database, waiting for one that is away for up to 30 s; says so at each try. */
export async function openPatiently(
  settings: Pick<Settings, "databaseUrl">,
  say: (line: string) => void,
  giveUpMs = GIVE_UP_MS,
): Promise<Db> {
  const deadline = performance.now() + giveUpMs;
  for (;;) {
    try {
      return await openDb(settings.databaseUrl);
    } catch (error) {
      const reason = reasonOf(error);
      const where = `the database ${shownUrl(settings.databaseUrl)}`;
      if (!isAway(error)) throw new CliError(`${where} can't be opened: ${reason}`);
      if (performance.now() > deadline) {
        throw new CliError(`${where} stayed away for ${giveUpMs / 1000} s: ${reason}`);
      }
      say(`latchkey: ${where} is away (${reason}); trying again`);
      await sleep(RETRY_MS);
    }
  }
}

/** Runs one piece of work on a database that must be there and current. */
export async function withDb<T>(
  work: (db: Db, settings: Settings) => Promise<T>,
  settings = parseSettings(process.env),
): Promise<T> {
  await requireCurrentSchema(settings);
  const db = await openDb(settings.databaseUrl).catch((error: unknown) => {
    throw new CliError(`the database ${shownUrl(settings.databaseUrl)} can't be opened: ${reasonOf(error)}`);
  });
  try {
    return await work(db, settings);
  } finally {
    await db.close();
  }
}

/** Refuses to work on a schema that this version does not know. */
export async function requireCurrentSchema(settings: Settings): Promise<void> {
  const pending = await pendingMigrations(settings.databaseUrl).catch((error: unknown) => {
    throw new CliError(`the database ${shownUrl(settings.databaseUrl)} can't be opened: ${reasonOf(error)}`);
  });
  if (pending > 0) {
    throw new CliError("the database is not up to date; run: npm run -s latchkey -- migrate");
  }
}

/** What a verb may use when the operator at the terminal asks. Links are printed, not mailed. */
export function cliCtx(db: Db, settings: Settings, actor: Actor = { kind: "system" }): Ctx {
  return { db, settings, actor, now: Date.now, sendMail: null, sealer: null };
}

export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return "no reason given";
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && AWAY.has(error.code)) return true;
  return /timeout|terminated unexpectedly/i.test(error.message) || isAway(error.cause);
}
