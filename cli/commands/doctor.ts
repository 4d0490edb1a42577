import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { max } from "drizzle-orm";
import { unacceptedPrefix } from "#db/key-prefixes.ts";
import { type Db, openDb } from "#db/open.ts";
import { pendingMigrations } from "#db/pending-migrations.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { reasonOf, redactUrl } from "../database.ts";
import { CliError, printLine } from "../output.ts";

type Finding = { ok: boolean; text: string };
const passed = (text: string): Finding => ({ ok: true, text });
const failed = (text: string): Finding => ({ ok: false, text });

const MIN_FREE_BYTES = 256 * 1024 * 1024;
const MAX_HEARTBEAT_AGE_MS = 15_000;
const MAX_CLOCK_SKEW_MS = 2_000;

/** Checks what a deployment needs and prints one line for each check. Throws if a check failed. */
export async function doctor(): Promise<void> {
  // An invalid setting stops the command: nothing else can be checked without settings.
  const settings = parseSettings(process.env);
  const findings: Finding[] = [passed("settings: valid")];
  findings.push(writable(settings), fileModes(settings), freeDisk(settings), ...(await database(settings)));
  for (const finding of findings) printLine(`${finding.ok ? "ok  " : "FAIL"} ${finding.text}`);
  const failures = findings.filter((finding) => !finding.ok).length;
  if (failures > 0) throw new CliError(`${failures} of ${findings.length} checks failed`);
}

function writable(settings: Settings): Finding {
  const journal = join(settings.dataDir, "journal");
  const folder = existsSync(journal) ? journal : settings.dataDir;
  try {
    accessSync(folder, constants.W_OK);
    const probe = join(folder, `.doctor-${randomBytes(4).toString("hex")}`);
    writeFileSync(probe, "");
    rmSync(probe);
    return passed(`journal: ${folder} is writable`);
  } catch (error) {
    return failed(`journal: ${folder} is not writable: ${reasonOf(error)}`);
  }
}

/** The data directory contains the hashes of all secrets and, on SQLite, the secret that signs sessions. */
function fileModes(settings: Settings): Finding {
  const open = filesOpenToOthers([settings.dataDir, ".env"]);
  const [first] = open;
  if (first === undefined)
    return passed(`files: other users of this machine cannot read ${settings.dataDir}`);
  const commands = [...new Set(open.map((path) => (path === ".env" ? path : settings.dataDir)))];
  return failed(
    `files: other users of this machine can read ${open.length}, for example ${first}; run: chmod -R o-rwx ${commands.join(" ")}`,
  );
}

function freeDisk(settings: Settings): Finding {
  try {
    const { bavail, bsize } = statfsSync(settings.dataDir);
    const text = `disk: ${Math.floor((bavail * bsize) / 1024 / 1024)} MiB free`;
    return bavail * bsize < MIN_FREE_BYTES
      ? failed(`${text}; keys cannot be verified when the disk is full`)
      : passed(text);
  } catch (error) {
    return failed(`disk: cannot be checked: ${reasonOf(error)}`);
  }
}

async function database(settings: Settings): Promise<Finding[]> {
  const where = `database: ${redactUrl(settings.databaseUrl)}`;
  // Opening a SQLite file creates it, and this command changes nothing.
  const path = settings.databaseUrl.startsWith("file:") ? settings.databaseUrl.slice("file:".length) : null;
  if (path !== null && !existsSync(path)) return [failed(`${where} does not exist yet; run migrate`)];
  let db: Db;
  try {
    db = await openDb(settings.databaseUrl, { poolSize: 1 });
  } catch (error) {
    return [failed(`${where} can't be opened: ${reasonOf(error)}`)];
  }
  try {
    const pending = await pendingMigrations(settings.databaseUrl);
    if (pending > 0) return [passed(where), failed(`schema: ${pending} migrations are pending; run migrate`)];
    return [
      passed(where),
      passed("schema: current"),
      await keyPrefix(db, settings),
      await heartbeat(db),
      await clock(db),
    ];
  } catch (error) {
    return [failed(`${where}: ${reasonOf(error)}`)];
  } finally {
    await db.close();
  }
}

async function keyPrefix(db: Db, settings: Settings): Promise<Finding> {
  const foreign = await unacceptedPrefix(db, settings);
  return foreign === null
    ? passed(`key prefix: ${settings.keyPrefix}`)
    : failed(`key prefix: tokens with the prefix ${foreign} are in use and not accepted`);
}

async function heartbeat(db: Db): Promise<Finding> {
  const { verifiers } = db.read.t;
  const rows = await db.read.q.select().from(verifiers);
  const alive = rows.filter((row) => Date.now() - row.lastSeenAt < MAX_HEARTBEAT_AGE_MS);
  if (alive.length > 0) return passed(`verifiers: ${alive.length} alive`);
  const last = Math.max(0, ...rows.map((row) => row.lastSeenAt));
  return failed(
    `verifiers: none alive${last > 0 ? `, the last was seen ${new Date(last).toISOString()}` : ""}`,
  );
}

/** Expiry, sessions and usage depend on this machine's clock: no entry may have a time in its future. */
async function clock(db: Db): Promise<Finding> {
  const { audit } = db.read.t;
  const [row] = await db.read.q.select({ at: max(audit.at) }).from(audit);
  const aheadMs = Number(row?.at ?? 0) - Date.now();
  return aheadMs > MAX_CLOCK_SKEW_MS
    ? failed(`clock: ${Math.round(aheadMs / 1000)} s behind the newest entry of the audit log`)
    : passed(`clock: ${new Date().toISOString()}`);
}

/** Mode bits that let users outside the owner and the group read or write. */
const READ_OR_WRITE = 0o006;

/** Files in `roots` (files or directories) that other users of this machine can read or write. */
export function filesOpenToOthers(roots: string[]): string[] {
  return roots.flatMap((root) => {
    const stats = statSync(root, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isFile()) return (stats.mode & READ_OR_WRITE) === 0 ? [] : [root];
    // Others cannot reach anything inside a directory that they may not enter.
    if (!stats.isDirectory() || (stats.mode & 0o001) === 0) return [];
    return filesOpenToOthers(readdirSync(root).map((name) => join(root, name)));
  });
}
