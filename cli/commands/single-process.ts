import { requireKeyPrefix } from "#db/key-prefixes.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { ensureBuild } from "../build.ts";
import { openWithRetry, requireCurrentSchema } from "../database.ts";
import { requireFreePort } from "../ports.ts";

/** Runs only the portal, in this process: for a separate machine or container. */
export async function portal(): Promise<void> {
  const settings = await requireUsableDatabase();
  await requireFreePort(settings.port, settings.host, "PORT");
  await ensureBuild();
  await import("#server/main.ts");
}

/** Runs only a verifier, in this process. */
export async function verifier(): Promise<void> {
  const settings = await requireUsableDatabase({ needsAuthSecret: false });
  await requireFreePort(settings.verifierPort, settings.host, "VERIFIER_PORT");
  await import("#verifier/main.ts");
}

/** Returns the settings. Throws if the database cannot be opened or lacks the schema of this version or has other tokens. */
export async function requireUsableDatabase(requirements?: { needsAuthSecret: boolean }): Promise<Settings> {
  const settings = parseSettings(process.env, requirements);
  const db = await openWithRetry(settings, (line) => process.stderr.write(`${line}\n`));
  try {
    await requireCurrentSchema(settings);
    await requireKeyPrefix(db, settings);
  } finally {
    await db.close();
  }
  return settings;
}
