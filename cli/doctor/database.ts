import { existsSync } from "node:fs";
import { and, count, eq, isNotNull, max, sql } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import { unacceptedPrefix } from "#db/key-prefixes.ts";
import { type Db, openDb } from "#db/open.ts";
import { isSchemaNewer, pendingMigrations } from "#db/pending-migrations.ts";
import { hasOldUsage } from "#engine/usage/move-old-rows.ts";
import { partitionsReachTo } from "#engine/usage/partitions.ts";
import type { Settings } from "#platform/settings.ts";
import { reasonOf, redactUrl } from "../database.ts";
import { type Finding, failed, passed, warned } from "./finding.ts";

const MAX_HEARTBEAT_AGE_MS = 15_000;
const MAX_CLOCK_SKEW_MS = 2_000;
const MIN_PARTITIONS_AHEAD_MS = DAY_MS;

/** Checks the database and what it says about verifiers, prefixes and clocks. Changes nothing. */
export async function checkDatabase(settings: Settings): Promise<Finding[]> {
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
    const schema = (await isSchemaNewer(settings.databaseUrl))
      ? warned("schema", "newer than this code: a later version has migrated the database")
      : passed("schema", "current");
    return [
      reachable,
      schema,
      await checkKeyPrefix(db, settings),
      ...(await checkHmacSecrets(db, settings)),
      await checkVerifiers(db),
      await checkClock(db),
      ...(db.dialect === "postgres" ? [await checkSearchIndex(db)] : []),
      await checkUsageTables(db),
    ];
  } catch (error) {
    return [failed("database", `${where}: ${reasonOf(error)}`)];
  } finally {
    await db.close();
  }
}

async function checkKeyPrefix(db: Db, settings: Settings): Promise<Finding> {
  const foreign = await unacceptedPrefix(db, settings);
  return foreign === null
    ? passed("key prefix", settings.keyPrefix)
    : failed("key prefix", `tokens with the prefix ${foreign} are in use and not accepted`);
}

/** Tokens that were imported by an HMAC can't be used for the first time without its secret. */
async function checkHmacSecrets(db: Db, settings: Settings): Promise<Finding[]> {
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
          `${n} wait for their first use by an HMAC, and LATCHKEY_IMPORT_HMAC_SECRETS is set`,
        )
      : failed(
          "imported keys",
          `${n} were imported by an HMAC and can't be used: set LATCHKEY_IMPORT_HMAC_SECRETS`,
        ),
  ];
}

/** The migration leaves the index out if the extension is not available. */
async function checkSearchIndex(db: Db): Promise<Finding> {
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

async function checkVerifiers(db: Db): Promise<Finding> {
  const { verifiers } = db.read.t;
  const rows = await db.read.q.select().from(verifiers);
  const alive = rows.filter((row) => Date.now() - row.lastSeenAt < MAX_HEARTBEAT_AGE_MS);
  if (alive.length > 0) return passed("verifiers", `${alive.length} alive`);
  const last = Math.max(0, ...rows.map((row) => row.lastSeenAt));
  const seen = last > 0 ? `, the last was seen ${new Date(last).toISOString()}` : "";
  return failed("verifiers", `none alive${seen}`);
}

/** Verifiers make the partitions of the next days, and move what an earlier version has counted. */
async function checkUsageTables(db: Db): Promise<Finding> {
  const old = (await hasOldUsage(db.read))
    ? "; counts of an earlier version are still in its table, and a verifier moves them a day after the upgrade"
    : "";
  if (db.dialect === "sqlite") return passed("usage tables", `ready${old}`);
  const now = Date.now();
  const readyTo = await partitionsReachTo(db.read, now);
  const until = new Date(readyTo).toISOString().slice(0, 10);
  return readyTo - now < MIN_PARTITIONS_AHEAD_MS
    ? warned(
        "usage tables",
        `partitions exist until ${until} only; a running verifier creates them in time${old}`,
      )
    : passed("usage tables", `partitions exist until ${until}${old}`);
}

/**
 * Expiry, sessions and usage depend on this machine's clock: it must agree with that of Postgres, and no entry may have
 * a time in its future.
 */
async function checkClock(db: Db): Promise<Finding> {
  const { audit } = db.read.t;
  const [newest] = await db.read.q.select({ at: max(audit.at) }).from(audit);
  const aheadMs = Number(newest?.at ?? 0) - Date.now();
  if (aheadMs > MAX_CLOCK_SKEW_MS)
    return failed("clock", `${Math.round(aheadMs / 1000)} s behind the newest entry of the audit log`);
  const skewMs = db.dialect === "postgres" ? await skewToServer(db) : 0;
  return Math.abs(skewMs) > MAX_CLOCK_SKEW_MS
    ? failed(
        "clock",
        `${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? "ahead of" : "behind"} the database`,
      )
    : passed("clock", new Date().toISOString());
}

/** How far this machine's clock is ahead of the server's, ms. The time of the query counts in its favor. */
async function skewToServer(db: Db): Promise<number> {
  const at = sql<string>`extract(epoch from clock_timestamp()) * 1000`;
  const askedAt = Date.now();
  const [row] = await db.read.q.select({ at }).from(sql`(select 1) as one`);
  const serverMs = Number(row?.at);
  if (serverMs < askedAt) return askedAt - serverMs;
  return Math.min(0, Date.now() - serverMs);
}
