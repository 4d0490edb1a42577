// Loaded by `main.ts` once its module hooks are registered.
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { requireKeyPrefix } from "#db/key-prefixes.ts";
import { type Db, openDb } from "#db/open.ts";
import { requireCurrentSchema, SchemaError } from "#db/pending-migrations.ts";
import { MaintenanceThread } from "#engine/aggregation/maintenance-thread.ts";
import { type ComposedEngine, composeEngine } from "#engine/compose.ts";
import { redactOutput } from "#platform/log.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { parseSettings, type Settings, SettingsError } from "#platform/settings.ts";
import { openTracing } from "#platform/tracing/open-tracing.ts";
import { currentVersion, detectVersion } from "#platform/version.ts";
import { drain } from "./http/drain.ts";
import { openListeners } from "./http/listeners.ts";
import { verifierServers } from "./http/servers.ts";
import { log } from "./log.ts";
import { Metrics } from "./metrics/metrics.ts";
import { openMetrics } from "./metrics/metrics-port.ts";
import { oauthContext } from "./oauth/oauth-context.ts";
import { LocalServices } from "./sync/local-services.ts";

const DATABASE_TIMEOUT_MS = 30_000;
const RETRY_MS = 1_000;
const TICK_MS = 250;
const MAINTENANCE_MS = 1_000;
/**
 * After storing counts, pauses for several times as long as that took: larger batches cost less for each check. Under
 * load, a longer pause follows from the processor time beyond `freeMs`, so that it stays about a twentieth.
 */
const PAUSE = { times: 4, maxMs: 1_000 };
const LOADED_PAUSE = { freeMs: 50, times: 19, maxMs: 5_000 };
const DRAIN_TIMEOUT_MS = 10_000;

async function main(): Promise<void> {
  redactOutput();
  detectVersion(processSingleton("root", () => fileURLToPath(new URL("..", import.meta.url))));
  // Node would print the error with all its properties, which may hold secrets.
  process.on("uncaughtException", fail);
  const settings = parseSettings(process.env, { needsAuthSecret: false });
  const db = await openWithRetries(settings);
  // Each worker shares the port with the others, and also has a separate port.
  const { LATCHKEY_WORKER_PORT: ownPort } = process.env;
  const port = Number(ownPort ?? settings.verifierPort);
  let thread: MaintenanceThread | null = null;
  const composed = await composeEngine({
    db,
    settings,
    address: `${hostname()}:${port}`,
    version: currentVersion(),
    mayServe: true,
    onFeedHealth: reportFeed,
    onRedisHealth: reportRedis,
    onApplied: (position) => thread?.sendHeartbeat(position),
  });
  const { engine, work } = composed;

  let stopping = false;
  const metrics = new Metrics(engine, currentVersion());
  metrics.watchProcess();
  const service = { name: "latchkey-verifier", version: currentVersion() };
  const tracing = await openTracing(settings, service, (error) =>
    log.warn({ error }, "traces can't be sent"),
  );
  const make = verifierServers({
    engine,
    metrics,
    tracing,
    stopping: () => stopping,
    publicUrl: settings.verifierUrl,
    metricsToken: settings.metrics.token,
    localServices: new LocalServices((reports) => thread?.storeLocalVerifiers(reports)),
    oauth: oauthContext(engine, settings),
    fastPath: settings.httpFastPath,
  });
  const { host, verifierPort } = settings;
  const servers = await openListeners(make.checks, {
    port: verifierPort,
    host,
    shared: ownPort !== undefined,
  });
  if (ownPort !== undefined)
    servers.push(...(await openListeners(make.checks, { port, host, shared: false })));
  servers.push(...(await openMetrics(make.metrics, settings, ownPort === undefined ? undefined : port)));

  thread = new MaintenanceThread({ databaseUrl: settings.databaseUrl, ...work }, fail);
  const maintenance = startMaintenance(composed, thread);
  log.info({ port, id: work.self.id, version: currentVersion() }, "the verifier is listening");

  const { stop: stopEngine } = composed;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all(
      servers.map((server) => drain(server, settings.drainDelaySeconds * 1_000, DRAIN_TIMEOUT_MS)),
    );
    maintenance.stop();
    await stopEngine(() => finish(maintenance.thread));
    await db.close();
    await tracing?.stop();
    log.info("the verifier has stopped");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("SIGHUP", stop);
}

/** Counts what was answered, at least once a second, on the maintenance thread. */
function startMaintenance({ engine, peers, cycle, beginCycle }: ComposedEngine, thread: MaintenanceThread) {
  // While the database is unavailable, the last known peers remain valid.
  const refreshPeers = () => peers.refresh().catch(() => {});
  const ticking = setInterval(() => {
    engine.journal.probe();
    if (peers.isAwaited) void refreshPeers();
  }, TICK_MS);
  let lastError: string | null = null;
  let ended = { at: 0, tookMs: 0, cpuMs: 0 };
  const run = async () => {
    if (!thread.isIdle) return;
    const pausedUntil = ended.at + pauseMs(ended, peers.needCounts);
    if (!cycle.isAwaited && performance.now() < pausedUntil) return void refreshPeers();
    const startedAt = performance.now();
    const { error, cpuMs } = await thread.run(beginCycle());
    if (error !== null && error !== lastError) log.warn({ error }, "could not store usage counts; retrying");
    lastError = error;
    const endedAt = performance.now();
    await refreshPeers();
    if (error !== null) return;
    cycle.end();
    ended = { at: endedAt, tookMs: endedAt - startedAt, cpuMs };
  };
  const running = setInterval(run, MAINTENANCE_MS);
  void run();
  return {
    thread,
    stop() {
      clearInterval(ticking);
      clearInterval(running);
    },
  };
}

/** A verifier that waits for the counts of all has no time for a long pause of any: its callers wait too. */
function pauseMs({ tookMs, cpuMs }: { tookMs: number; cpuMs: number }, needCounts: boolean): number {
  const pause = Math.min(PAUSE.maxMs, tookMs * PAUSE.times);
  if (needCounts) return pause;
  const { freeMs, times, maxMs } = LOADED_PAUSE;
  return Math.max(pause, Math.min(maxMs, Math.max(0, cpuMs - freeMs) * times));
}

async function finish(thread: MaintenanceThread): Promise<void> {
  const error = await thread.finish();
  if (error !== null) log.warn({ error }, "usage not counted yet is counted at the next start");
}

/** Throws `SchemaError` or `SettingsError` if the database can't be used with this version and these settings. */
async function openUsable(settings: Settings): Promise<Db> {
  const db = await openDb(settings.databaseUrl);
  try {
    await requireCurrentSchema(settings.databaseUrl);
    await requireKeyPrefix(db, settings);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function openWithRetries(settings: Settings): Promise<Db> {
  const deadline = performance.now() + DATABASE_TIMEOUT_MS;
  for (;;) {
    try {
      return await openUsable(settings);
    } catch (error) {
      if (performance.now() > deadline || error instanceof SettingsError || error instanceof SchemaError)
        throw error;
      process.stderr.write("the database is unavailable; retrying\n");
      await sleep(RETRY_MS);
    }
  }
}

function reportFeed(error: unknown | null): void {
  if (error === null) log.info("the change feed is available again");
  else log.warn({ err: error }, "the change feed is unavailable");
}

function reportRedis(error: unknown | null): void {
  if (error === null) log.info("limits are counted in Redis");
  else log.warn({ err: error }, "Redis is unavailable; limits can't be counted there");
}

function fail(error: unknown): never {
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, "the verifier failed");
  process.exit(1);
}

main().catch(fail);
