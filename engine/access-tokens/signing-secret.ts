import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Settings } from "#platform/settings.ts";
import { readThrough } from "../cache/read-through.ts";

type SecretSettings = Pick<Settings, "accessTokens" | "authSecret" | "databaseUrl" | "dataDir">;

/**
 * The secret that encrypts the keys which sign access tokens: the setting, on SQLite a generated one in the data
 * directory, else one derived from `AUTH_SECRET`. Null for a process on Postgres that has neither setting: it issues no
 * access tokens.
 */
export function readSigningSecret({
  accessTokens,
  authSecret,
  databaseUrl,
  dataDir,
}: SecretSettings): string | null {
  if (accessTokens.secret !== undefined) return accessTokens.secret;
  if (databaseUrl.startsWith("file:"))
    return readThrough(join(dataDir, "signing-secret"), () => randomBytes(32).toString("base64url"));
  if (authSecret === undefined) return null;
  return createHmac("sha256", authSecret).update("latchkey signing secret 1").digest("base64url");
}
