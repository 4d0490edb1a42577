import { parentPort, workerData } from "node:worker_threads";
import { type Db, openDb } from "#db/open.ts";
import { lowerThreadPriority } from "#platform/lower-thread-priority.ts";
import type { FeedPlace } from "../feed/change-feed.ts";
import { Maintenance, type MaintenanceCycle, type VerifierIdentity } from "./maintenance.ts";

/** What the thread is started with. */
export interface MaintenanceWork {
  databaseUrl: string;
  root: string;
  dir: string;
  self: VerifierIdentity;
}

/** `run` once around, or `finish`; answered by null, or by what went wrong. A `beat` is not answered. */
export type MaintenanceOrder = { run: MaintenanceCycle } | { finish: true } | { beat: FeedPlace };

const { databaseUrl, root, dir, self }: MaintenanceWork = workerData;
// A thread of its own: on SQLite a transaction blocks the thread it runs on, and verdicts must not wait.
let opened: { db: Db; upkeep: Maintenance } | undefined;

// And where they share a core, counting waits for verdicts.
lowerThreadPriority();

/** Opened at the first order that finds the database there: without it verdicts go on, and only counts wait. */
async function open(): Promise<Maintenance> {
  if (opened === undefined) {
    const db = await openDb(databaseUrl, { poolSize: 2 });
    opened = { db, upkeep: new Maintenance(db, root, { dir }, self) };
  }
  return opened.upkeep;
}

parentPort?.on("message", async (order: MaintenanceOrder) => {
  if ("beat" in order) {
    // The next time around says the same.
    await open()
      .then((upkeep) => upkeep.beat(order.beat))
      .catch(() => {});
    return;
  }
  let fault: string | null = null;
  try {
    const upkeep = await open();
    if ("run" in order) await upkeep.run(order.run);
    else await upkeep.finish();
  } catch (error) {
    fault = error instanceof Error ? error.message : "unknown";
  }
  if ("finish" in order) await opened?.db.close();
  parentPort?.postMessage(fault);
});
