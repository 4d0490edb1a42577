import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { SlowAlgorithm } from "#core/imported-hash.ts";
import { projectRoot } from "#platform/shared.ts";

/** What a worker thread compares. */
export interface Comparison {
  id: number;
  algorithm: SlowAlgorithm;
  value: string;
  token: string;
}

interface Waiting extends Comparison {
  /** Monotonic, ms. */
  since: number;
  resolve: (matches: boolean | null) => void;
}

const MAX_THREADS = 4;
const MAX_WAITING = 20;
/** A comparison that can't start for this long is given up, ms: its caller waits. */
const MAX_WAIT_MS = 2_000;

/**
 * Compares tokens with slow hashes in threads of low priority, at most one for each core but one. The threads start with
 * the first comparison.
 */
export class SlowHashes {
  readonly #clock: () => number;
  readonly #maxThreads = Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1));
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #waiting: Waiting[] = [];
  #lastId = 0;

  /** `clock`: monotonic, ms. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Null if that could not be found out, for example because too many wait. */
  compare(algorithm: SlowAlgorithm, value: string, token: string): Promise<boolean | null> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#lastId++;
      this.#waiting.push({ id: this.#lastId, algorithm, value, token, since: this.#clock(), resolve });
      this.#next();
    });
  }

  async stop(): Promise<void> {
    for (const { resolve } of this.#waiting.splice(0)) resolve(null);
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #next(): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    const worker = this.#idle.pop() ?? (this.#busy.size < this.#maxThreads ? this.#start() : undefined);
    if (worker === undefined) return;
    this.#waiting.shift();
    if (this.#clock() - first.since > MAX_WAIT_MS) {
      this.#idle.push(worker);
      first.resolve(null);
      this.#next();
      return;
    }
    this.#busy.set(worker, first);
    const { id, algorithm, value, token } = first;
    worker.postMessage({ id, algorithm, value, token } satisfies Comparison);
  }

  #start(): Worker {
    // Next's bundler would rewrite the constructor and look for the file in its bundle.
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const worker = new Worker(join(projectRoot(), "engine/imports/slow-hash-worker.ts"));
    worker.unref();
    worker.on("message", ({ matches }: { matches: boolean | null }) => this.#finish(worker, matches, true));
    worker.on("error", () => this.#finish(worker, null, false));
    worker.on("exit", () => this.#finish(worker, null, false));
    return worker;
  }

  #finish(worker: Worker, matches: boolean | null, isAlive: boolean): void {
    const done = this.#busy.get(worker);
    this.#busy.delete(worker);
    if (isAlive) this.#idle.push(worker);
    else if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1);
    done?.resolve(matches);
    this.#next();
  }
}
