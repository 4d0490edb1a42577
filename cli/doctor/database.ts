import { existsSync } from "node:fs";
import { and, count, eq, getTableName, isNotNull, max, sql } from "drizzle-orm";
import { formatNumber, plural } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import { unacceptedPrefix } from "#db/key-prefixes.ts";
import { type Db, openDb } from "#db/open.ts";
import { isSchemaNewer, pendingMigrations } from "#db/pending-migrations.ts";
import { MAX_HEARTBEAT_AGE_MS } from "#domain/verifiers.ts";
import { hasOldUsage } from "#engine/usage/move-old-rows.ts";
import { partitionsReachTo } from "#engine/usage/partitions.ts";
import { redactUrl } from "#platform/redact.ts";
import type { Settings } from "#platform/settings.ts";
import { reasonOf } from "../database.ts";
import { type CheckFinding, failed, passed, warned } from "./finding.ts";

const MAX_CLOCK_SKEW_MS = 2_000;
const MIN_PARTITIONS_AHEAD_MS = DAY_MS;

/** Checks the database and what it says about verifiers, prefixes and clocks at `now` (epoch ms). Changes nothing. */
export async function checkDatabase(settings: Settings, now: () => number): Promise<CheckFinding[]> {
  const where = redactUrl(settings.databaseUrl);
  // Opening a SQLite file creates it.
  const path = settings.databaseUrl.startsWith("file:") ? settings.databaseUrl.slice("file:".length) : null;
  if (path !== null && !existsSync(path))
    return [failed("database", `${where} does not exist yet; run migrate`)];
  let db: Db;
  try {
    db = await openDb(settings.databaseUrl, { poolSize: 1 });
  } catch (error) {
    return [failed("database", `${where} can't be opened: ${reasonOf(error)}`)];
  }
  try {
    const pending = await pendingMigrations(settings.databaseUrl);
    const reachable = passed("database", where);
    if (pending > 0)
      return [reachable, failed("schema", `${plural(pending, "migration")} pending; run migrate`)];
    const missing = await missingTables(db);
    if (missing.length > 0)
      return [
        reachable,
        failed(
          "schema",
          `without ${plural(missing.length, "table")}: ${missing.join(", ")}; restore a backup`,
        ),
      ];
    const schema = (await isSchemaNewer(settings.databaseUrl))
      ? warned("schema", "newer than this code: a later version has migrated the database")
      : passed("schema", "current");
    return [
      reachable,
      schema,
      await checkKeyPrefix(db, settings),
      ...(await checkHmacSecrets(db, settings)),
      await checkVerifiers(db, now()),
      await checkClock(db, now),
      ...(db.dialect === "postgres" ? [await checkSearchIndex(db)] : []),
      await checkUsageTables(db, now()),
    ];
  } catch (error) {
    return [failed("database", `${where}: ${reasonOf(error)}`)];
  } finally {
    await db.close();
  }
}

/** The tables of this version that someone has dropped. */
async function missingTables(db: Db): Promise<string[]> {
  const names = Object.values(db.read.t).map((table) => getTableName(table));
  const found = db.read.q.select({ name: sql<string>`name` });
  const rows =
    db.dialect === "postgres"
      ? await found
          .from(sql`unnest(${sql.param(names)}::text[]) as t(name)`)
          .where(sql`to_regclass(quote_ident(name)) is not null`)
      : await found.from(sql`sqlite_master`);
  const existing = new Set(rows.map(({ name }) => name));
  return names.filter((name) => !existing.has(name));
}

async function checkKeyPrefix(db: Db, settings: Settings): Promise<CheckFinding> {
  const foreign = await unacceptedPrefix(db, settings);
  return foreign === null
    ? passed("key prefix", settings.keyPrefix)
    : failed("key prefix", `tokens with the prefix ${foreign} are in use and not accepted`);
}

/** Tokens that were imported by an HMAC can't be used for the first time without its secret. */
async function checkHmacSecrets(db: Db, settings: Settings): Promise<CheckFinding[]> {
  const { importedSecrets } = db.read.t;
  const [waiting] = await db.read.q
    .select({ n: count() })
    .from(importedSecrets)
    .where(and(isNotNull(importedSecrets.digest), eq(importedSecrets.algorithm, "hmac-sha256")));
  const n = waiting?.n ?? 0;
  if (n === 0) return [];
  return [
    settings.importHmacSecrets.length > 0
      ? passed(
          "imported keys",
          `${plural(n, "key")}, imported by an HMAC, not used yet; LATCHKEY_IMPORT_HMAC_SECRETS is set`,
        )
      : failed(
          "imported keys",
          `${plural(n, "key")}, imported by an HMAC, can't be used: set LATCHKEY_IMPORT_HMAC_SECRETS`,
        ),
  ];
}

/** The migration leaves the index out if the extension is not available. */
async function checkSearchIndex(db: Db): Promise<CheckFinding> {
  const index = sql`to_regclass('search_texts_trigrams')`;
  const [found] = await db.read.q
    .select({ exists: sql<boolean>`${index} is not null` })
    .from(sql`(select 1) as one`);
  return found?.exists
    ? passed("search index", "present")
    : warned(
        "search index",
        "missing, searches of administrators read every key; see docs/operate/postgres.md",
      );
}

async function checkVerifiers(db: Db, nowMs: number): Promise<CheckFinding> {
  const { verifiers } = db.read.t;
  const rows = await db.read.q.select().from(verifiers);
  const alive = rows.filter((row) => nowMs - row.lastSeenAt < MAX_HEARTBEAT_AGE_MS);
  if (alive.length > 0) return passed("verifiers", `${formatNumber(alive.length)} alive`);
  const last = Math.max(0, ...rows.map((row) => row.lastSeenAt));
  const seen = last > 0 ? `, the last was seen ${new Date(last).toISOString()}` : "";
  return failed("verifiers", `none alive${seen}`);
}

/** Verifiers make the partitions of the next days, and move what an earlier version has counted. */
async function checkUsageTables(db: Db, nowMs: number): Promise<CheckFinding> {
  const old = (await hasOldUsage(db.read))
    ? "; counts of an earlier version are still in its table, and a verifier moves them a day after the upgrade"
    : "";
  if (db.dialect === "sqlite") return passed("usage tables", `ready${old}`);
  const readyTo = await partitionsReachTo(db.read, nowMs);
  const until = new Date(readyTo).toISOString().slice(0, 10);
  if (readyTo - nowMs >= MIN_PARTITIONS_AHEAD_MS)
    return passed("usage tables", `there are partitions until ${until}${old}`);
  const what =
    readyTo === nowMs
      ? "today's partition is missing; a running verifier creates it"
      : `there are no partitions from ${until} on; a running verifier creates them`;
  return warned("usage tables", `${what}${old}`);
}

/**
 * Expiry, sessions and usage depend on this machine's clock: it must agree with that of Postgres, and no entry may have
 * a time in its future.
 */
async function checkClock(db: Db, now: () => number): Promise<CheckFinding> {
  const { audit } = db.read.t;
  const [newest] = await db.read.q.select({ at: max(audit.at) }).from(audit);
  const skewMs = db.dialect === "postgres" ? await skewToServer(db, now) : 0;
  if (Math.abs(skewMs) > MAX_CLOCK_SKEW_MS)
    return clockFinding(skewMs, "the database's clock; synchronize both, for example with NTP");
  const behindMs = Number(newest?.at ?? 0) - now();
  return behindMs > MAX_CLOCK_SKEW_MS
    ? clockFinding(-behindMs, "the newest entry of the audit log; check the clocks of all machines")
    : passed("clock", new Date(now()).toISOString());
}

function clockFinding(skewMs: number, what: string): CheckFinding {
  const seconds = formatNumber(Math.round(Math.abs(skewMs) / 1_000));
  return failed(
    "clock",
    `this machine's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} ${what}`,
  );
}

/** How far this machine's clock is ahead of the server's, ms. The time of the query counts in its favor. */
async function skewToServer(db: Db, now: () => number): Promise<number> {
  const at = sql<string>`extract(epoch from clock_timestamp()) * 1000`;
  const askedAt = now();
  const [row] = await db.read.q.select({ at }).from(sql`(select 1) as one`);
  const serverMs = Number(row?.at);
  if (serverMs < askedAt) return askedAt - serverMs;
  return Math.min(0, now() - serverMs);
}
