import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { ctxOf, enableFor, makeAdmin, makeApi, makeKey, makeProject, makeServiceToken } from "./people.ts";
import { startPortal } from "./portal-process.ts";
import { freePort } from "./ports.ts";
import { startVerifier } from "./verifier-process.ts";

/** What the tests of every SDK get, as JSON in `LATCHKEY_SDK_DEPLOYMENT`. */
export interface SdkDeployment {
  verifierUrl: string;
  portalUrl: string;
  /** For the API `badges`, whose operations are `badges.list` (GET /badges) and `badges.create` (POST /badges). */
  serviceToken: string;
  managementToken: string;
  projectId: string;
  secrets: {
    valid: string;
    revoked: string;
    /** Only for clients in 198.51.100.0/24. */
    restrictedToIps: string;
    /** Only for `badges.list`. */
    restrictedToList: string;
    /** One request a day. */
    limited: string;
  };
}

/** A portal and a verifier on SQLite with keys of every kind. */
export async function startSdkDeployment(): Promise<{ deployment: SdkDeployment; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-sdk-"));
  const databaseUrl = `file:${join(dataDir, "latchkey.db")}`;
  await migrateDb(databaseUrl);
  const db = await openDb(databaseUrl);
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin, { now: Date.now });
  const projectId = await makeProject(db, admin);
  const badges = await makeApi(db, "badges", {
    scopes: ["badges:read", "badges:write"],
    operations: [
      { name: "badges.list", method: "GET", path: "/badges" },
      { name: "badges.create", method: "POST", path: "/badges" },
    ],
  });
  await enableFor(db, projectId, "badges");
  const { token: serviceToken } = await makeServiceToken(db, badges);
  const { token: managementToken } = await createManagementToken({ ctx, input: { name: "sdk" } });
  const secretOf = async (fields: Record<string, unknown>) => (await makeKey(ctx, projectId, fields)).secret;
  const revoked = await makeKey(ctx, projectId);
  await revokeKey({ ctx, input: { projectId, keyId: revoked.key.id } });
  const secrets = {
    valid: await secretOf({}),
    revoked: revoked.secret,
    restrictedToIps: await secretOf({ restrictions: { ips: ["198.51.100.0/24"] } }),
    restrictedToList: await secretOf({
      restrictions: { apis: [{ api: "badges", operations: ["badges.list"] }] },
    }),
    limited: await secretOf({ limits: { quota: { limit: 1, period: "day" } } }),
  };
  await db.close();
  // The issuer of access tokens, where clients read the metadata (RFC 8414).
  const port = await freePort();
  const env = {
    DATABASE_URL: databaseUrl,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_URL: `http://127.0.0.1:${port}`,
  };
  const [verifier, portal] = await Promise.all([
    startVerifier(env),
    startPortal({ ...env, PORT: String(port) }),
  ]);
  return {
    deployment: {
      verifierUrl: verifier.url,
      portalUrl: portal.url,
      serviceToken,
      managementToken,
      projectId,
      secrets,
    },
    async stop() {
      await Promise.all([verifier.stop(), portal.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
