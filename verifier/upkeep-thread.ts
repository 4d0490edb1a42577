import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FeedPlace } from "./feed.ts";
import type { Round } from "./upkeep.ts";
import type { UpkeepOrder, UpkeepWork } from "./upkeep-orders.ts";

/** The upkeep on a thread of its own, one order at a time. */
export class UpkeepThread {
  readonly #worker: Worker;
  #busy: Promise<void> | null = null;

  constructor(work: UpkeepWork, onDeath: (error: Error) => void) {
    this.#worker = new Worker(new URL("./upkeep-worker.ts", import.meta.url), { workerData: work });
    this.#worker.on("error", onDeath);
  }

  get isIdle(): boolean {
    return this.#busy === null;
  }

  /** Once around, unless it is still at it. Resolves with what went wrong, if anything. */
  async run(round: Round): Promise<string | null> {
    return this.#busy ? null : this.#order({ run: round });
  }

  /** Says how far the feed is, also while it is at work. */
  beat(place: FeedPlace): void {
    this.#worker.postMessage({ beat: place } satisfies UpkeepOrder);
  }

  /** Counts what is left and ends the thread. */
  async finish(): Promise<string | null> {
    await this.#busy;
    const fault = await this.#order({ finish: true });
    await this.#worker.terminate();
    return fault;
  }

  async #order(order: UpkeepOrder): Promise<string | null> {
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
