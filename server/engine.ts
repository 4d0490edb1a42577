import "server-only";
import type { CheckObserver } from "#engine/check/check.ts";
import { FailureLog } from "#engine/check/failure-log.ts";
import { type ComposedEngine, composeEngine } from "#engine/compose.ts";
import type { Engine } from "#engine/engine.ts";
import { clearProcessSingleton, processSingleton } from "#platform/process-singleton.ts";
import { currentVersion } from "#platform/version.ts";
import { getServices, type Services } from "./context.ts";
import { onStop } from "./lifecycle.ts";
import { log } from "./log.ts";
import { reportReadiness } from "./probes.ts";

const TICK_MS = 500;

/** The portal's own engine, for convenience and small sites: one per process, started on first use. */
export function getEngine(): Promise<Engine> {
  return processSingleton("engine", () => {
    const starting = getServices().then(startEngine);
    starting.catch(() => clearProcessSingleton("engine"));
    return starting;
  });
}

async function startEngine({ db, settings }: Services): Promise<Engine> {
  let composed: ComposedEngine | null = null;
  composed = await composeEngine({
    db,
    settings,
    address: settings.url,
    version: currentVersion(),
    mayServe: false,
    onFeedHealth: reportFeed,
    onRedisHealth: reportRedis,
    // Reports an applied change immediately instead of with the next heartbeat.
    onApplied: (position) => void composed?.maintenance.sendHeartbeat(position).catch(() => {}),
  });
  const { engine, maintenance, peers, cycle, beginCycle, stop } = composed;
  reportReadiness(() => engine.unavailableReason);

  let working: Promise<void> | null = null;
  const tick = () => {
    engine.journal.probe();
    working ??= runCycle()
      .catch((err: unknown) => log.warn({ err }, "could not store usage counts; retrying"))
      .finally(() => {
        working = null;
      });
  };
  const runCycle = async () => {
    await maintenance.run(beginCycle());
    await peers.refresh();
    cycle.end();
  };
  const timer = setInterval(tick, TICK_MS);
  timer.unref();
  tick();
  onStop("engine", async () => {
    clearInterval(timer);
    await working;
    await stop(() => maintenance.finish());
  });
  return engine;
}

function reportFeed(error: unknown | null): void {
  if (error === null) log.info("the change feed is available again");
  else log.warn({ err: error }, "the change feed is unavailable");
}

function reportRedis(error: unknown | null): void {
  if (error === null) log.info("limits are counted in Redis");
  else log.warn({ err: error }, "Redis is unavailable; limits can't be counted there");
}

const failures = new FailureLog(log);

/** Of verifications, the portal logs only failures. */
export const portalObserver: CheckObserver = {
  answered() {},
  failed: (status, error, requestId) => failures.note(status, error, requestId),
};
