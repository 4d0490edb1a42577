import { parentPort, workerData } from "node:worker_threads";
import { type Db, openDb } from "#db/open.ts";
import { lowerThreadPriority } from "#platform/lower-thread-priority.ts";
import type { FeedPosition } from "../feed/change-feed.ts";
import { chooseUsageStore, type UsageSettings } from "../usage/store.ts";
import { Maintenance, type MaintenanceCycle, type MaintenanceOptions } from "./maintenance.ts";
import { Pacer } from "./pacer.ts";
import type { LocalReports } from "./store-local-verifiers.ts";

/** About a quarter of the processor time while a thread of normal priority is busy, else all of it. */
const NICE = 5;

/** The worker's data. */
export interface MaintenanceWorkerData extends MaintenanceOptions, UsageSettings {
  databaseUrl: string;
  root: string;
  dir: string;
}

/** `run` a cycle, or `finish`: the reply is a `MaintenanceResult`. `heartbeat` and `local` have no reply. */
export type MaintenanceMessage =
  | { run: MaintenanceCycle }
  | { finish: true }
  | { heartbeat: FeedPosition }
  | { local: LocalReports };

export interface MaintenanceResult {
  /** An error message, or null. */
  error: string | null;
  /** The processor time that the task took in this thread. */
  cpuMs: number;
}

const { databaseUrl, root, dir, usageUrl, ...options }: MaintenanceWorkerData = workerData;
chooseUsageStore({ ...options, usageUrl });
// Runs in its own thread: on SQLite, a transaction blocks its thread, and verdicts must not wait.
let opened: Promise<{ db: Db; maintenance: Maintenance }> | undefined;

// If both threads share a core, verdicts come first.
lowerThreadPriority(NICE);
const pacer = new Pacer();

/**
 * Opens the database at the first message that can reach it, once for messages that come meanwhile. Until then, verdicts
 * continue and only counts wait.
 */
async function open(): Promise<Maintenance> {
  // On SQLite, each statement runs in this thread.
  opened ??= openDb(databaseUrl, { poolSize: 2, beforeStatement: () => pacer.pause() }).then(
    (db) => ({ db, maintenance: new Maintenance(db, root, { dir }, options, Date.now, pacer) }),
    (error: unknown) => {
      opened = undefined;
      throw error;
    },
  );
  return (await opened).maintenance;
}

parentPort?.on("message", async (message: MaintenanceMessage) => {
  if ("heartbeat" in message) {
    // The next cycle sends the heartbeat again.
    await open()
      .then((maintenance) => maintenance.sendHeartbeat(message.heartbeat))
      .catch(() => {});
    return;
  }
  if ("local" in message) {
    // Services report again every few seconds.
    await open()
      .then((maintenance) => maintenance.storeLocalVerifiers(message.local))
      .catch(() => {});
    return;
  }
  let error: string | null = null;
  const before = process.threadCpuUsage();
  try {
    const maintenance = await open();
    if ("run" in message) await maintenance.run(message.run);
    else await maintenance.finish();
  } catch (cause) {
    error = cause instanceof Error ? cause.message : "unknown";
  }
  if ("finish" in message) await (await opened?.catch(() => undefined))?.db.close();
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ error, cpuMs: (user + system) / 1_000 } satisfies MaintenanceResult);
});
