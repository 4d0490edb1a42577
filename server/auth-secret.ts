import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readThrough } from "#engine/cache/read-through.ts";
import type { Settings } from "#platform/settings.ts";

/**
 * The secret that sessions are signed with: the setting, or (SQLite) one made once and kept in the data
 * directory, readable by its owner only.
 */
export function readAuthSecret(settings: Pick<Settings, "authSecret" | "dataDir">): string {
  return (
    settings.authSecret ??
    readThrough(join(settings.dataDir, "auth-secret"), () => randomBytes(32).toString("base64url"))
  );
}
