import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { createWebhook } from "#domain/notifications/webhooks/create.ts";
import { createWebhookSchema } from "#domain/notifications/webhooks/schema.ts";
import { readAuthSecrets, rotateStoredSecret } from "#domain/secrets/auth-secret.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { parseSettings } from "#platform/settings.ts";
import { ctxOf, makeProject, makeUser } from "#test/people.ts";
import { forgetAuthSecrets, resealSecrets } from "./auth-secret.ts";

let dataDir: string;
let databaseUrl: string;
let printed: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-secret-"));
  // Only with SQLite is the secret stored in the data directory.
  databaseUrl = `file:${join(dataDir, "latchkey.db")}`;
  await migrateDb(databaseUrl);
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.stubEnv("AUTH_SECRET", undefined);
  vi.stubEnv("LATCHKEY_DATA_DIR", dataDir);
  vi.stubEnv("DATABASE_URL", databaseUrl);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a former secret is needed for as long as unused sessions last", async () => {
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

test("resealing says what was sealed with the current secret, once", async () => {
  const { current } = readAuthSecrets(parseSettings(process.env));
  const db = await openDb(databaseUrl);
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const input = createWebhookSchema.parse({ projectId, url: "https://hooks.example.com" });
  await createWebhook({ ctx: ctxOf(db, owner, { sealer: sealerWith(current) }), input });
  await db.close();
  await rotateStoredSecret(dataDir);
  await resealSecrets();
  await resealSecrets();
  expect(printed).toBe(
    [
      "Resealed the secrets of 1 webhook, 0 billing exports and 0 authenticator apps.\n",
      "Resealed the secrets of 0 webhooks, 0 billing exports and 0 authenticator apps.\n",
    ].join(""),
  );
});
