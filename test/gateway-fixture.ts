import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Db, openDb } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { makeTestDatabase } from "./db.ts";
import { ctxOf, enableFor, makeAdmin, makeApi, makeProject, makeServiceToken } from "./people.ts";
import { freePort } from "./ports.ts";
import { startVerifier } from "./verifier-process.ts";

/** A verifier for gateways, and a project that may call its only API. */
export interface GatewayFixture {
  db: Db;
  ctx: Ctx;
  projectId: string;
  /** The service token of the API `badges`. */
  token: string;
  verifierPort: number;
  /** Of the current verifier. */
  metrics(): Promise<string>;
  stopVerifier(): Promise<void>;
  /** Starts it again on the same port. */
  startVerifier(): Promise<void>;
  stop(): Promise<void>;
}

export async function createGatewayFixture(): Promise<GatewayFixture> {
  const databaseUrl = await makeTestDatabase();
  const db = await openDb(databaseUrl);
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  const badges = await makeApi(db, "badges", { operations: ["badges.list"] });
  await enableFor(db, projectId, "badges");
  const { token } = await makeServiceToken(db, badges);
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-gate-"));
  const verifierPort = await freePort();
  const start = () =>
    startVerifier({
      DATABASE_URL: databaseUrl,
      LATCHKEY_DATA_DIR: dataDir,
      VERIFIER_PORT: String(verifierPort),
    });
  let verifier = await start();
  return {
    db,
    ctx: ctxOf(db, admin),
    projectId,
    token,
    verifierPort,
    metrics: async () => (await fetch(verifier.metricsUrl)).text(),
    stopVerifier: () => verifier.stop(),
    async startVerifier() {
      verifier = await start();
    },
    async stop() {
      await verifier.stop();
      await db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
