import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FeedPlace } from "../feed/change-feed.ts";
import type { MaintenanceCycle } from "./maintenance.ts";
import type { MaintenanceOrder, MaintenanceWork } from "./maintenance-orders.ts";

/** The upkeep on a thread of its own, one order at a time. */
export class MaintenanceThread {
  readonly #worker: Worker;
  #busy: Promise<void> | null = null;

  constructor(work: MaintenanceWork, onDeath: (error: Error) => void) {
    this.#worker = new Worker(new URL("./maintenance-worker.ts", import.meta.url), { workerData: work });
    this.#worker.on("error", onDeath);
  }

  get isIdle(): boolean {
    return this.#busy === null;
  }

  /** Once around, unless it is still at it. Resolves with what went wrong, if anything. */
  async run(round: MaintenanceCycle): Promise<string | null> {
    return this.#busy ? null : this.#order({ run: round });
  }

  /** Says how far the feed is, also while it is at work. */
  beat(place: FeedPlace): void {
    this.#worker.postMessage({ beat: place } satisfies MaintenanceOrder);
  }

  /** Counts what is left and ends the thread. */
  async finish(): Promise<string | null> {
    await this.#busy;
    const fault = await this.#order({ finish: true });
    await this.#worker.terminate();
    return fault;
  }

  async #order(order: MaintenanceOrder): Promise<string | null> {
    const answered = once(this.#worker, "message");
    this.#busy = answered.then(
      () => {},
      () => {},
    );
    this.#worker.postMessage(order);
    const [fault] = await answered;
    this.#busy = null;
    return fault;
  }
}
