import { parseSettings } from "#core/settings.ts";
import { ensureBuild } from "../build.ts";
import { openPatiently, requireCurrentSchema } from "../database.ts";

/** Runs only the portal, in this process: for a machine or container of its own. */
export async function portal(): Promise<void> {
  await ready();
  await ensureBuild();
  await import("#server/main.ts");
}

/** Runs only a verifier, in this process. */
export async function verifier(): Promise<void> {
  await ready();
  await import("#verifier/main.ts");
}

async function ready(): Promise<void> {
  const settings = parseSettings(process.env);
  const db = await openPatiently(settings, (line) => process.stderr.write(`${line}\n`));
  await db.close();
  await requireCurrentSchema(settings);
}
