import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "#core/ids.ts";
import { requireKeyPrefix } from "#db/key-prefixes.ts";
import { type Db, openDb } from "#db/open.ts";
import { AggregationCycle } from "#engine/aggregation/aggregation-cycle.ts";
import { initialCycle } from "#engine/aggregation/initial-cycle.ts";
import { leaseJournal, Maintenance, type VerifierIdentity } from "#engine/aggregation/maintenance.ts";
import { MaintenanceThread } from "#engine/aggregation/maintenance-thread.ts";
import { Engine } from "#engine/engine.ts";
import type { FeedPlace } from "#engine/feed/change-feed.ts";
import { Journal } from "#engine/journal/journal.ts";
import { openLimits } from "#engine/limits/open.ts";
import { log } from "#engine/log.ts";
import { guardOutput } from "#platform/log.ts";
import { parseSettings, type Settings, SettingsError } from "#platform/settings.ts";
import { openTracing } from "#platform/tracing/open-tracing.ts";
import packageJson from "../package.json" with { type: "json" };
import { drain } from "./http/drain.ts";
import { openListeners } from "./http/listeners.ts";
import { verifierServers } from "./http/servers.ts";
import { Metrics } from "./metrics/metrics.ts";
import { openMetrics } from "./metrics/metrics-port.ts";

const DATABASE_WITHIN_MS = 30_000;
const RETRY_MS = 1_000;
const TICK_MS = 250;
const UPKEEP_MS = 1_000;
/** After a round counting rests, several times as long as that took: the more is added up at once, the less it costs. */
const REST = { times: 4, mostMs: 1_000 };
const DRAIN_MS = 10_000;

async function main(): Promise<void> {
  guardOutput();
  // Node would print it with all that hangs on it.
  process.on("uncaughtException", fail);
  const settings = parseSettings(process.env, { needsAuthSecret: false });
  const db = await openWithRetries(settings);
  await requireKeyPrefix(db, settings);
  const feedDb = await openDb(settings.databaseUrl, { poolSize: 1 });
  const id = newId("verifier");
  const { root, lease } = await leaseJournal(settings.dataDir, id);
  const journal = new Journal(lease.dir);
  let upkeep: MaintenanceThread | null = null;
  const onApplied = (place: FeedPlace) => upkeep?.beat(place);
  const rounds = new AggregationCycle();
  const limits = await openLimits({
    ...{ db, settings, id },
    mayServe: true,
    countedUp: () => rounds.whole(),
    onHealth: reportRedis,
  });
  const { limiter, peers } = limits;
  const engine = new Engine({
    ...{ db, feedDb, listenUrl: settings.listenUrl, settings, journal, limiter },
    ...{ onFeedHealth: reportFeed, onApplied },
  });
  await engine.start();
  // One of several workers shares the port with the others, and has one of its own besides.
  const { LATCHKEY_WORKER_PORT: ownPort } = process.env;
  const port = Number(ownPort ?? settings.verifierPort);
  const self: VerifierIdentity = {
    id,
    address: `${hostname()}:${port}`,
    version: packageJson.version,
    startedAt: Date.now(),
    limits: limits.place,
  };
  await initialCycle(new Maintenance(db, root, lease, self), engine.feed.place, { rounds, peers });

  let stopping = false;
  const metrics = new Metrics(engine, packageJson.version);
  metrics.watchProcess();
  const service = { name: "latchkey-verifier", version: packageJson.version };
  const tracing = await openTracing(settings, service, (fault) =>
    log.warn({ fault }, "traces can't be sent"),
  );
  const make = verifierServers({
    engine,
    metrics,
    tracing,
    stopping: () => stopping,
    publicUrl: settings.verifierUrl,
    metricsToken: settings.metrics.token,
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

  const thread = new MaintenanceThread(
    { databaseUrl: settings.databaseUrl, root, dir: lease.dir, self },
    fail,
  );
  upkeep = thread;
  // Where the database is away, what was known of the others stays.
  const meet = () => peers.refresh().catch(() => {});
  const ticking = setInterval(() => {
    journal.probe();
    if (peers.isAwaited) void meet();
  }, TICK_MS);
  let lastFault: string | null = null;
  let restsUntil = 0;
  const look = async () => {
    if (!thread.isIdle) return;
    if (!rounds.isAwaited && performance.now() < restsUntil) return void meet();
    const [now, startedAt] = [Date.now(), performance.now()];
    const isWhole = journal.rotate();
    if (isWhole) rounds.begin();
    const fault = await thread.run({ feed: engine.feed.place, closedTo: isWhole ? now : null });
    if (fault !== null && fault !== lastFault)
      log.warn({ fault }, "counting waits: the database did not take it");
    lastFault = fault;
    const endedAt = performance.now();
    await meet();
    if (fault !== null) return;
    rounds.end();
    restsUntil = endedAt + Math.min(REST.mostMs, (endedAt - startedAt) * REST.times);
  };
  const keeping = setInterval(look, UPKEEP_MS);
  void look();
  log.info({ port, id }, "the verifier listens");

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all(servers.map((server) => drain(server, settings.lingerSeconds * 1_000, DRAIN_MS)));
    clearInterval(ticking);
    clearInterval(keeping);
    await engine.stop();
    await limiter.close();
    journal.rotate();
    const fault = await thread.finish();
    if (fault !== null) log.warn({ fault }, "what is not counted yet is counted at the next start");
    await lease.release();
    await feedDb.close();
    await db.close();
    await tracing?.stop();
    log.info("the verifier has ended");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("SIGHUP", stop);
}

async function openWithRetries(settings: Settings): Promise<Db> {
  const deadline = performance.now() + DATABASE_WITHIN_MS;
  for (;;) {
    try {
      return await openDb(settings.databaseUrl);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      process.stderr.write("the database does not answer; trying again\n");
      await sleep(RETRY_MS);
    }
  }
}

function reportFeed(error: unknown | null): void {
  if (error === null) log.info("the change feed is read again");
  else log.warn({ err: error }, "the change feed can't be read");
}

function reportRedis(error: unknown | null): void {
  if (error === null) log.info("limits are counted in Redis");
  else log.warn({ err: error }, "Redis is away");
}

function fail(error: unknown): never {
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, "the verifier can't go on");
  process.exit(1);
}

main().catch(fail);
