import { parseSettings, type Settings, SettingsError } from "#platform/settings.ts";
import { checkAllowedIpAddresses } from "../doctor/allowed-ip-addresses.ts";
import { checkDatabase } from "../doctor/database.ts";
import { checkBackup, checkDisk, checkFileModes, checkJournal } from "../doctor/files.ts";
import { type CheckFinding, failed, passed } from "../doctor/finding.ts";
import { checkServices } from "../doctor/services.ts";
import { CliError, printLine } from "../output.ts";

const LABELS = { ok: "ok  ", warning: "WARN", failed: "FAIL" };

/**
 * Checks what a deployment needs and prints one line for each check, or one JSON object. Throws if a check failed;
 * warnings do not count.
 */
export async function doctor({ json = false }: { json?: boolean } = {}): Promise<void> {
  const findings = await findingsOf(json);
  const failures = findings.filter(({ status }) => status === "failed").length;
  if (json) printLine(JSON.stringify({ ok: failures === 0, checks: findings }, null, 2));
  else for (const { name, status, message } of findings) printLine(`${LABELS[status]} ${name}: ${message}`);
  if (failures > 0) throw new CliError(`${failures} of ${findings.length} checks failed`);
}

/** Nothing else can be checked with an invalid setting: it ends the command, or is the only finding. */
async function findingsOf(json: boolean): Promise<CheckFinding[]> {
  let settings: Settings;
  try {
    settings = parseSettings(process.env);
  } catch (error) {
    if (!json || !(error instanceof SettingsError)) throw error;
    return [failed("settings", error.message)];
  }
  const [disk, database, services] = await Promise.all([
    checkDisk(settings),
    checkDatabase(settings, Date.now),
    checkServices(settings),
  ]);
  return [
    passed("settings", "valid"),
    ...checkAllowedIpAddresses(settings),
    checkJournal(settings),
    checkFileModes(settings),
    disk,
    checkBackup(settings, Date.now()),
    ...database,
    ...services,
  ];
}
