import { parentPort, workerData } from "node:worker_threads";
import { openDb } from "#db/open.ts";
import { type Self, Upkeep } from "./upkeep.ts";

/** What the thread is started with. */
export interface UpkeepWork {
  databaseUrl: string;
  root: string;
  dir: string;
  self: Self;
}

/** `run` once around, or `finish`; answered by null, or by what went wrong. */
export type UpkeepOrder = { run: number } | { finish: true };

const { databaseUrl, root, dir, self }: UpkeepWork = workerData;
// A thread of its own: on SQLite a transaction blocks the thread it runs on, and verdicts must not wait.
const db = await openDb(databaseUrl, { poolSize: 2 });
const upkeep = new Upkeep(db, root, { dir }, self);

parentPort?.on("message", async (order: UpkeepOrder) => {
  let fault: string | null = null;
  try {
    if ("run" in order) await upkeep.run(order.run);
    else await upkeep.finish();
  } catch (error) {
    fault = error instanceof Error ? error.message : "unknown";
  }
  if ("finish" in order) await db.close();
  parentPort?.postMessage(fault);
});
