import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "#core/settings.ts";

/**
 * The secret that sessions are signed with: the setting, or (SQLite) one made once and kept in the data
 * directory, readable by its owner only.
 */
export function readAuthSecret(settings: Pick<Settings, "authSecret" | "dataDir">): string {
  if (settings.authSecret) return settings.authSecret;
  const path = join(settings.dataDir, "auth-secret");
  const kept = readIfThere(path);
  if (kept !== null) return kept;
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    // A link appears whole or not at all, and never replaces one that another process made first.
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, "utf8");
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

const hasCode = (error: unknown, code: string) =>
  error instanceof Error && "code" in error && error.code === code;
