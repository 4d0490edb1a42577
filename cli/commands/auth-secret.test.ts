import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { migrateDb } from "#db/migrate.ts";
import { readAuthSecrets, rotateStoredSecret } from "#domain/secrets/auth-secret.ts";
import { parseSettings } from "#platform/settings.ts";
import { forgetAuthSecrets } from "./auth-secret.ts";

const dataDir = mkdtempSync(join(tmpdir(), "latchkey-secret-"));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a former secret is needed for as long as unused sessions last", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.stubEnv("AUTH_SECRET", undefined);
  vi.stubEnv("LATCHKEY_DATA_DIR", dataDir);
  // Only with SQLite is the secret stored in the data directory.
  const databaseUrl = `file:${join(dataDir, "latchkey.db")}`;
  await migrateDb(databaseUrl);
  vi.stubEnv("DATABASE_URL", databaseUrl);
  vi.stubEnv("LATCHKEY_SESSION_IDLE_MINUTES", String(20 * 1_440));
  readAuthSecrets(parseSettings(process.env));
  await rotateStoredSecret(dataDir);
  const rotated = (daysAgo: number) => {
    const at = (Date.now() - daysAgo * DAY_MS) / 1000;
    utimesSync(join(dataDir, "auth-secret.former"), at, at);
  };
  rotated(19);
  await expect(forgetAuthSecrets({})).rejects.toThrow("rotated less than 20 days ago");
  rotated(21);
  await forgetAuthSecrets({});
});
