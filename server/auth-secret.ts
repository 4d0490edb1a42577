import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Settings } from "#core/settings.ts";
import { readOrMake } from "#verifier/read-or-make.ts";

/**
 * The secret that sessions are signed with: the setting, or (SQLite) one made once and kept in the data
 * directory, readable by its owner only.
 */
export function readAuthSecret(settings: Pick<Settings, "authSecret" | "dataDir">): string {
  return (
    settings.authSecret ??
    readOrMake(join(settings.dataDir, "auth-secret"), () => randomBytes(32).toString("base64url"))
  );
}
