import "server-only";
import { newId } from "#core/ids.ts";
import { openDb } from "#db/open.ts";
import { AggregationCycle } from "#engine/aggregation/aggregation-cycle.ts";
import { initialCycle } from "#engine/aggregation/initial-cycle.ts";
import { leaseJournal, Maintenance } from "#engine/aggregation/maintenance.ts";
import type { CheckObserver } from "#engine/check/check.ts";
import { FailureLog } from "#engine/check/failure-log.ts";
import { Engine } from "#engine/engine.ts";
import type { FeedPlace } from "#engine/feed/change-feed.ts";
import { Journal } from "#engine/journal/journal.ts";
import { openLimits } from "#engine/limits/open.ts";
import { forgetShared, shared } from "#platform/shared.ts";
import packageJson from "../package.json" with { type: "json" };
import { getServices, type Services } from "./context.ts";
import { onStop } from "./lifecycle.ts";
import { log } from "./log.ts";
import { reportReadiness } from "./probes.ts";

const TICK_MS = 500;

/** The portal's own engine, for convenience and small sites: one per process, started on first use. */
export function getEngine(): Promise<Engine> {
  return shared("engine", () => {
    const starting = getServices().then(startEngine);
    starting.catch(() => forgetShared("engine"));
    return starting;
  });
}

async function startEngine({ db, settings }: Services): Promise<Engine> {
  // Its own connection, because pages may use all others, and revocations must still arrive.
  const feedDb = await openDb(settings.databaseUrl, { poolSize: 1 });
  const id = newId("verifier");
  const { root, lease } = await leaseJournal(settings.dataDir, id);
  const journal = new Journal(lease.dir);
  let started: Maintenance | null = null;
  // Reports an applied change immediately instead of with the next heartbeat.
  const onApplied = (place: FeedPlace) => void started?.beat(place).catch(() => {});
  const cycle = new AggregationCycle();
  const limits = await openLimits({
    ...{ db, settings, id },
    mayServe: false,
    countedUp: () => cycle.whole(),
    onHealth: reportRedis,
  });
  const { limiter, peers } = limits;
  const engine = new Engine({
    ...{ db, feedDb, listenUrl: settings.listenUrl, settings, journal, limiter },
    ...{ onFeedHealth: reportFeed, onApplied },
  });
  try {
    await engine.start();
  } catch (error) {
    // The next call starts over with a new lease.
    await engine.stop();
    await limiter.close();
    await feedDb.close();
    await lease.release();
    throw error;
  }
  const maintenance = new Maintenance(db, root, lease, {
    id,
    address: settings.url,
    version: packageJson.version,
    startedAt: Date.now(),
    limits: limits.place,
  });
  started = maintenance;
  await initialCycle(maintenance, engine.feed.place, { rounds: cycle, peers });
  reportReadiness(() => engine.trouble);

  let working: Promise<void> | null = null;
  const tick = () => {
    journal.probe();
    working ??= round()
      .catch((err: unknown) => log.warn({ err }, "could not store usage counts; retrying"))
      .finally(() => {
        working = null;
      });
  };
  const round = async () => {
    const now = Date.now();
    const isWhole = journal.rotate();
    if (isWhole) cycle.begin();
    await maintenance.run({ feed: engine.feed.place, closedTo: isWhole ? now : null });
    await peers.refresh();
    cycle.end();
  };
  const ticking = setInterval(tick, TICK_MS);
  ticking.unref();
  tick();
  onStop("engine", async () => {
    clearInterval(ticking);
    await working;
    await engine.stop();
    await limiter.close();
    journal.rotate();
    await maintenance.finish();
    await lease.release();
    await feedDb.close();
  });
  return engine;
}

function reportFeed(error: unknown | null): void {
  if (error === null) log.info("the change feed is available again");
  else log.warn({ err: error }, "the change feed is unavailable");
}

const failures = new FailureLog(log);
function reportRedis(error: unknown | null): void {
  if (error === null) log.info("limits are counted in Redis");
  else log.warn({ err: error }, "Redis is away");
}

/** Of verifications, the portal logs only failures. */
export const portalObserver: CheckObserver = {
  answered() {},
  failed: (status, error, requestId) => failures.note(status, error, requestId),
};
