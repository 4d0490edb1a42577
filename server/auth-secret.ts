import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readThrough } from "#engine/cache/read-through.ts";
import type { Settings } from "#platform/settings.ts";

/**
 * The secret that signs sessions: the setting, or (SQLite) a secret that is generated once and stored in the
 * data directory, readable by its owner only.
 */
export function readAuthSecret(settings: Pick<Settings, "authSecret" | "dataDir">): string {
  return (
    settings.authSecret ??
    readThrough(join(settings.dataDir, "auth-secret"), () => randomBytes(32).toString("base64url"))
  );
}
