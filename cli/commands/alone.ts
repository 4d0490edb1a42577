import { parseSettings, type Settings } from "#platform/settings.ts";
import { ensureBuild } from "../build.ts";
import { openPatiently, requireCurrentSchema } from "../database.ts";
import { requireFreePort } from "../ports.ts";

/** Runs only the portal, in this process: for a machine or container of its own. */
export async function portal(): Promise<void> {
  const settings = await ready();
  await requireFreePort(settings.port, settings.host, "PORT");
  await ensureBuild();
  await import("#server/main.ts");
}

/** Runs only a verifier, in this process. */
export async function verifier(): Promise<void> {
  const settings = await ready({ needsAuthSecret: false });
  await requireFreePort(settings.verifierPort, settings.host, "VERIFIER_PORT");
  await import("#verifier/main.ts");
}

/** The settings, with a database that answers and has the schema of this version. */
export async function ready(needs?: { needsAuthSecret: boolean }): Promise<Settings> {
  const settings = parseSettings(process.env, needs);
  const db = await openPatiently(settings, (line) => process.stderr.write(`${line}\n`));
  await db.close();
  await requireCurrentSchema(settings);
  return settings;
}
