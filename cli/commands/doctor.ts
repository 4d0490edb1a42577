import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { max } from "drizzle-orm";
import { type Db, openDb } from "#db/open.ts";
import { pendingMigrations } from "#db/pending-migrations.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { reasonOf, shownUrl } from "../database.ts";
import { openToOthers } from "../file-modes.ts";
import { CliError, say } from "../output.ts";

type Finding = { ok: boolean; text: string };
const good = (text: string): Finding => ({ ok: true, text });
const bad = (text: string): Finding => ({ ok: false, text });

const LEAST_FREE_BYTES = 256 * 1024 * 1024;
const HEARTBEAT_LATE_MS = 15_000;
const CLOCK_OFF_MS = 2_000;

/** Looks at everything a deployment needs, one line each. Throws, for a non-zero exit, if a thing is wrong. */
export async function doctor(): Promise<void> {
  // A wrong setting is a finding too, and nothing else can be looked at without them.
  const settings = parseSettings(process.env);
  const findings: Finding[] = [good("settings: right")];
  findings.push(writable(settings), fileModes(settings), freeDisk(settings), ...(await database(settings)));
  for (const finding of findings) say(`${finding.ok ? "ok  " : "BAD "} ${finding.text}`);
  const wrong = findings.filter((finding) => !finding.ok).length;
  if (wrong > 0) throw new CliError(`${wrong} of ${findings.length} findings need attention`);
}

function writable(settings: Settings): Finding {
  const journal = join(settings.dataDir, "journal");
  const folder = existsSync(journal) ? journal : settings.dataDir;
  try {
    accessSync(folder, constants.W_OK);
    const probe = join(folder, `.doctor-${randomBytes(4).toString("hex")}`);
    writeFileSync(probe, "");
    rmSync(probe);
    return good(`journal: ${folder} can be written`);
  } catch (error) {
    return bad(`journal: ${folder} can't be written: ${reasonOf(error)}`);
  }
}

/** The data directory's files hold the hashes of all secrets and, on SQLite, the secret that signs sessions. */
function fileModes(settings: Settings): Finding {
  const open = openToOthers([settings.dataDir, ".env"]);
  const [first] = open;
  if (first === undefined)
    return good(`files: no other user of this machine can read those in ${settings.dataDir}`);
  const commands = [...new Set(open.map((path) => (path === ".env" ? path : settings.dataDir)))];
  return bad(
    `files: other users of this machine can read ${open.length}, such as ${first}; run: chmod -R o-rwx ${commands.join(" ")}`,
  );
}

function freeDisk(settings: Settings): Finding {
  try {
    const { bavail, bsize } = statfsSync(settings.dataDir);
    const text = `disk: ${Math.floor((bavail * bsize) / 1024 / 1024)} MiB free`;
    return bavail * bsize < LEAST_FREE_BYTES
      ? bad(`${text}; checks are refused when it is full`)
      : good(text);
  } catch (error) {
    return bad(`disk: can't be looked at: ${reasonOf(error)}`);
  }
}

async function database(settings: Settings): Promise<Finding[]> {
  const where = `database: ${shownUrl(settings.databaseUrl)}`;
  // Opening a file makes it, and a doctor only looks.
  const path = settings.databaseUrl.startsWith("file:") ? settings.databaseUrl.slice("file:".length) : null;
  if (path !== null && !existsSync(path)) return [bad(`${where} is not there yet; run migrate`)];
  let db: Db;
  try {
    db = await openDb(settings.databaseUrl, { poolSize: 1 });
  } catch (error) {
    return [bad(`${where} can't be opened: ${reasonOf(error)}`)];
  }
  try {
    const pending = await pendingMigrations(settings.databaseUrl);
    if (pending > 0) return [good(where), bad(`schema: ${pending} migrations are missing; run migrate`)];
    return [good(where), good("schema: current"), await heartbeat(db), await clock(db)];
  } catch (error) {
    return [bad(`${where}: ${reasonOf(error)}`)];
  } finally {
    await db.close();
  }
}

async function heartbeat(db: Db): Promise<Finding> {
  const { verifiers } = db.read.t;
  const rows = await db.read.q.select().from(verifiers);
  const alive = rows.filter((row) => Date.now() - row.lastSeenAt < HEARTBEAT_LATE_MS);
  if (alive.length > 0) return good(`verifiers: ${alive.length} alive`);
  const last = Math.max(0, ...rows.map((row) => row.lastSeenAt));
  return bad(`verifiers: none alive${last > 0 ? `, the last was seen ${new Date(last).toISOString()}` : ""}`);
}

/** Expiry, sessions and usage go by this machine's clock: nothing may have been written in its future. */
async function clock(db: Db): Promise<Finding> {
  const { audit } = db.read.t;
  const [row] = await db.read.q.select({ at: max(audit.at) }).from(audit);
  const aheadMs = Number(row?.at ?? 0) - Date.now();
  return aheadMs > CLOCK_OFF_MS
    ? bad(`clock: ${Math.round(aheadMs / 1000)} s behind the newest entry of the audit log`)
    : good(`clock: ${new Date().toISOString()}`);
}
