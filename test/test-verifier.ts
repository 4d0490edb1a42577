import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { AccessTokens } from "#engine/access-tokens/access-tokens.ts";
import type { SharedReplies } from "#engine/check/shared-replies.ts";
import { Engine } from "#engine/engine.ts";
import { Journal } from "#engine/journal/journal.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { verifierServers } from "#verifier/http/servers.ts";
import { Metrics } from "#verifier/metrics/metrics.ts";
import { openTestDb } from "./db.ts";
import { HMAC_SECRET } from "./imported-hashes.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeProject,
  makeServiceToken,
  TEST_SETTINGS,
} from "./people.ts";
import { readerUrlOf } from "./reused-databases.ts";

interface PostOptions {
  /** Behind the path of a single check. */
  path?: string;
  token?: string;
  type?: string;
  headers?: Record<string, string>;
}

/** The token for the verifier's metrics. */
export const METRICS_TOKEN = "only-for-tests-0123456789";

/** Issues access tokens like a deployment at this address. */
export const TOKEN_SETTINGS = {
  url: "https://portal.example",
  accessTokens: { algorithm: "ES256" as const, lifetimeMs: 300_000 },
};
export const SIGNING_SECRET = "signing-secret-only-for-tests-0123456789";

/** A verifier in this process with an HTTP server, and a project that may call `badges` but not `streams`. */
export interface TestVerifier {
  db: Db;
  ctx: Ctx;
  clock: Clock;
  /** The engine's monotonic clock. */
  monotonic: { ms: number };
  /** How long the machine has slept, which the monotonic clock does not say. */
  slept: { ms: number };
  engine: Engine;
  /** Of the journal. */
  dir: string;
  url: string;
  projectId: string;
  badgesId: string;
  /** The service token that `post` sends. */
  token: string;
  post(body: unknown, options?: PostOptions): Promise<Response>;
  /** The verdict on a call of `badges`. */
  verdict(key: string, more?: Record<string, unknown>): Promise<ReturnType<typeof JSON.parse>>;
  /** Clears the cache, as the change feed would. */
  clearCache(): void;
  stop(): Promise<void>;
}

/** `sharedReplies`: the stored replies of several verifiers. `isRealTime`: the engine uses the machine's clocks. */
export async function startTestVerifier({
  sharedReplies = null as SharedReplies | null,
  isRealTime = false,
} = {}): Promise<TestVerifier> {
  const db = await openTestDb();
  const clock = makeClock();
  const monotonic = { ms: 0 };
  const slept = { ms: 0 };
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  const badgesId = await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await makeApi(db, "streams");
  await enableFor(db, projectId, "badges");
  const service = (await makeServiceToken(db)).token;
  const dir = await mkdtemp(join(tmpdir(), "latchkey-http-"));
  const clocks = isRealTime
    ? { now: Date.now, clock: () => performance.now() }
    : { now: clock.now, clock: () => monotonic.ms, wall: () => monotonic.ms + slept.ms };
  const engine = new Engine({
    db,
    listenUrl: readerUrlOf(db),
    settings: {
      keyPrefix: "lk",
      staleMaxSeconds: 60,
      cacheKeys: 1_000,
      cacheBytes: 64 * 1_048_576,
      importHmacSecrets: [HMAC_SECRET],
    },
    limiter: new MemoryLimiter({ backfill: usageBackfill(db), clock: clocks.clock }),
    journal: new Journal(dir),
    sharedReplies,
    ...clocks,
  });
  await engine.start();
  const server = verifierServers({
    engine,
    metrics: new Metrics(engine),
    metricsToken: METRICS_TOKEN,
    oauth: {
      accessTokens: new AccessTokens(engine, TOKEN_SETTINGS, SIGNING_SECRET),
      baseUrl: TOKEN_SETTINGS.url,
      isTrustedProxy: () => false,
    },
    stopping: () => false,
  }).checks();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post: TestVerifier["post"] = (
    body,
    { path = "", token = service, type = "application/json", headers = {} } = {},
  ) =>
    fetch(`${url}/api/v1/keys/verify${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": type, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    db,
    ctx: ctxOf(db, admin, { clock, settings: { ...TEST_SETTINGS, importHmacSecrets: [HMAC_SECRET] } }),
    clock,
    monotonic,
    slept,
    engine,
    dir,
    url,
    projectId,
    badgesId,
    token: service,
    post,
    async verdict(key, more = {}) {
      const response = await post({ key, api: "badges", ...more });
      expect(response.status).toBe(200);
      return response.json();
    },
    clearCache: () => engine.factStore.forgetAll(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
