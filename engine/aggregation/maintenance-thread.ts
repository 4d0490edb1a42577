import { once } from "node:events";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import type { FeedPosition } from "../feed/change-feed.ts";
import type { MaintenanceCycle } from "./maintenance.ts";
import type { MaintenanceMessage, MaintenanceResult, MaintenanceWorkerData } from "./maintenance-messages.ts";
import type { LocalReports } from "./store-local-verifiers.ts";

/** The most that the thread's heap may take, MB: several times the sums of a merge. */
const MAX_HEAP_MB = 1_024;

/** Runs the maintenance in its own thread, one task at a time. */
export class MaintenanceThread {
  readonly #worker: Worker;
  #busy: Promise<void> | null = null;

  constructor(work: MaintenanceWorkerData, onDeath: (error: Error) => void) {
    const allowedMb = getHeapStatistics().heap_size_limit / 2 ** 20;
    this.#worker = new Worker(new URL("./maintenance-worker.ts", import.meta.url), {
      workerData: work,
      resourceLimits: { maxOldGenerationSizeMb: Math.min(MAX_HEAP_MB, allowedMb) },
    });
    this.#worker.on("error", onDeath);
  }

  get isIdle(): boolean {
    return this.#busy === null;
  }

  /** Runs a cycle. Only while the thread is idle. */
  run(cycle: MaintenanceCycle): Promise<MaintenanceResult> {
    return this.#send({ run: cycle });
  }

  /** Reports the position in the change feed, even while a cycle runs. */
  sendHeartbeat(position: FeedPosition): void {
    this.#worker.postMessage({ heartbeat: position } satisfies MaintenanceMessage);
  }

  /** Stores what services reported that verify keys in their own process, even while a cycle runs. */
  storeLocalVerifiers(reports: LocalReports): void {
    this.#worker.postMessage({ local: reports } satisfies MaintenanceMessage);
  }

  /** Stores the remaining usage and ends the thread. Resolves with the error message, or null. */
  async finish(): Promise<string | null> {
    await this.#busy;
    const { error } = await this.#send({ finish: true });
    await this.#worker.terminate();
    return error;
  }

  async #send(message: MaintenanceMessage): Promise<MaintenanceResult> {
    const answered = once(this.#worker, "message");
    this.#busy = answered.then(
      () => {},
      () => {},
    );
    this.#worker.postMessage(message);
    const [result] = await answered;
    this.#busy = null;
    return result;
  }
}
